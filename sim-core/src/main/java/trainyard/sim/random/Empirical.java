package trainyard.sim.random;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.checks.Checks;

/**
 * Observed values, each as likely as the others; nothing is drawn that was not observed.
 *
 * @param values at least one, each 0 or more; held in ascending order
 */
public record Empirical(List<Double> values) implements Distribution {

    public Empirical {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty");
        }
        values.forEach(value -> Checks.notNegative("value", value));
        values = values.stream().sorted().toList();
    }

    /** The distribution of observed values, in any order. */
    public static Empirical of(double... values) {
        return new Empirical(Arrays.stream(values).boxed().toList());
    }

    @Override
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Override
    public double standardDeviation() {
        double mean = mean();
        return Math.sqrt(values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    @Override
    public double cumulativeProbability(double x) {
        return values.stream().filter(value -> value <= x).count() / (double) values.size();
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        int last = values.size() - 1;
        int above = (int) Math.round(Checks.probability("probability", p) * values.size());
        // The quotient is that of k/n where p is, but the product need not be k.
        int place = last - (above / (double) values.size() > p ? above - 1 : above);
        return values.get(Math.max(0, place));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        double[] draws = values.stream().mapToDouble(Double::doubleValue).toArray();
        return () -> draws[random.nextInt(draws.length)];
    }

    @Override
    public Distribution times(double factor) {
        return new Empirical(values.stream().map(value -> value * factor).toList());
    }
}
