package trainyard.training.network;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Symbols of which each follows by chance from the one before.
 *
 * @param transition probability of the next symbol, one row for each symbol before it
 */
public record MarkovChain(List<List<Double>> transition) {
    private static final double ROUNDING = 1e-9;

    /** Least entropy over the logarithm of the number of symbols; below, chains tend to fall apart. *assumed* */
    private static final double LEAST_SHARE = 0.2;

    private static final double STEEPEST = 100;
    private static final int HALVINGS = 100;

    public MarkovChain {
        transition = transition.stream().map(List::copyOf).toList();
        int symbols = transition.size();
        for (List<Double> row : transition) {
            double sum = row.stream().mapToDouble(Double::doubleValue).sum();
            if (row.size() != symbols || row.stream().anyMatch(p -> !(p >= 0)) || Math.abs(sum - 1) > ROUNDING) {
                throw new IllegalArgumentException(
                        "a row of a chain needs " + symbols + " probabilities that add up to 1, not " + row);
            }
        }
    }

    /**
     * A chain of a given entropy: {@code p_ij} is in proportion to {@code exp(s z_ij)} with normal draws z, and s is found by
     * bisection.
     *
     * @param symbols 2 or more
     * @param entropyNats entropy of a symbol given the one before, from 0.2 to 1 times {@code ln symbols}; English letters and
     *     the blank have 2.30 nats (Shannon 1951, 3.32 bits)
     * @param random stream of the draws
     */
    public static MarkovChain draw(int symbols, double entropyNats, UniformRandomProvider random) {
        double most = StrictMath.log(symbols);
        if (symbols < 2 || !(entropyNats >= leastNats(symbols) && entropyNats <= most)) {
            throw new IllegalArgumentException("the entropy of a text of " + symbols + " symbols must be from "
                    + leastNats(symbols) + " to " + most + " nats, not " + entropyNats);
        }
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] draws = new double[symbols][symbols];
        for (double[] row : draws) {
            Arrays.setAll(row, j -> normal.sample());
        }
        double flat = 0;
        double steep = STEEPEST;
        for (int i = 0; i < HALVINGS && flat < steep; i++) {
            double middle = (flat + steep) / 2;
            if (tempered(draws, middle).entropyNats() > entropyNats) {
                flat = middle;
            } else {
                steep = middle;
            }
        }
        return tempered(draws, flat);
    }

    /** The least entropy of a symbol given the one before that a chain of so many symbols is drawn for, in nats. */
    public static double leastNats(int symbols) {
        return LEAST_SHARE * StrictMath.log(symbols);
    }

    private static MarkovChain tempered(double[][] draws, double steepness) {
        return new MarkovChain(Arrays.stream(draws)
                .map(row -> {
                    double[] powers = Arrays.stream(row).map(z -> steepness * z).toArray();
                    SoftmaxLoss.probabilities(powers, 0);
                    return Arrays.stream(powers).boxed().toList();
                })
                .toList());
    }

    /** Number of symbols. */
    public int symbols() {
        return transition.size();
    }

    /** How often each symbol comes up in the long run: the solution of {@code pi = pi P}. */
    public double[] stationary() {
        int n = symbols();
        RealMatrix equations = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean isSum = j == n - 1;
                equations.setEntry(j, i, isSum ? 1 : transition.get(i).get(j) - (i == j ? 1 : 0));
            }
        }
        RealVector right = new ArrayRealVector(n);
        right.setEntry(n - 1, 1);
        return new LUDecomposition(equations, 0).getSolver().solve(right).toArray();
    }

    /** Entropy of a symbol given the one before, {@code -sum_i pi_i sum_j p_ij ln p_ij}, in nats. */
    public double entropyNats() {
        double[] stationary = stationary();
        double sum = 0;
        for (int i = 0; i < stationary.length; i++) {
            for (double p : transition.get(i)) {
                sum -= p == 0 ? 0 : stationary[i] * p * StrictMath.log(p);
            }
        }
        return sum;
    }
}
