package trainyard.training.analytic;

import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.TrapezoidIntegrator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import trainyard.sim.checks.Checks;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Empirical;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.ShiftedExponential;
import trainyard.sim.random.Uniform;

/**
 * The K-th smallest {@code X_(K:P)} of P independent times of one law: when the first K of P workers are done. Source: H. A.
 * David and H. N. Nagaraja, Order Statistics (2003), standard results.
 *
 * <p>Exponential: {@code E = (H_P - H_(P-K)) / mu}, {@code Var = sum over i from P-K+1 to P of 1 / (i mu)^2}. Uniform: {@code
 * a + (b - a) K / (P + 1)}. Pareto: gamma functions. Any other law: {@code integral of Q(u) b(u) du} with its quantile Q and
 * the density b of the Beta distribution with parameters K and P - K + 1, over the log-odds of u, where both tails decay
 * exponentially and the trapezoidal rule is accurate to about 1e-11. The alternating sum that textbooks give for Weibull loses
 * all digits beyond P = 16.
 */
public final class OrderStatistics {

    private static final int LEAST_HALVINGS = 8;
    private static final int MOST_HALVINGS = 20;
    private static final double RELATIVE = 1e-12;
    private static final int MOST_EVALUATIONS = 1 << MOST_HALVINGS + 1;

    /** The density of the Beta distribution falls by e^-60 over this, as a multiple of 1 / K or 1 / (P - K + 1). */
    private static final double LOG_TAIL = 60;

    /** Upper tails are this much longer, for the quantile grows: of a lognormal law as e^(sigma sqrt(2 t)). */
    private static final double UPPER = 3;

    private static final double STANDARD_DEVIATIONS = 12;

    private OrderStatistics() {}

    /**
     * {@code E[X_(K:P)]}, in the unit of the law.
     *
     * @param law of each time; not an empirical one, whose quantile has steps
     * @param k K, from 1 to P
     * @param p P
     */
    public static double mean(Distribution law, int k, int p) {
        check(k, p);
        if (law instanceof Fixed fixed) {
            return fixed.value();
        }
        if (law instanceof Exponential exponential) {
            return exponential.mean() * harmonicDifference(k, p);
        }
        if (law instanceof ShiftedExponential shifted) {
            return shifted.shift() + shifted.excess() * harmonicDifference(k, p);
        }
        if (law instanceof Uniform uniform) {
            return uniform.min() + (uniform.max() - uniform.min()) * k / (p + 1.0);
        }
        if (law instanceof Pareto pareto) {
            return pareto.scale() * paretoMoment(1 / pareto.shape(), k, p);
        }
        return quadrature(law, k, p, x -> x);
    }

    /** {@code Var[X_(K:P)]}, in the square of the unit of the law; arguments as for {@link #mean}. */
    public static double variance(Distribution law, int k, int p) {
        check(k, p);
        if (law instanceof Fixed) {
            return 0;
        }
        if (law instanceof Exponential exponential) {
            return exponential.mean() * exponential.mean() * squareDifference(k, p);
        }
        if (law instanceof ShiftedExponential shifted) {
            return shifted.excess() * shifted.excess() * squareDifference(k, p);
        }
        if (law instanceof Uniform uniform) {
            double width = uniform.max() - uniform.min();
            return width * width * k * (p - k + 1.0) / ((p + 1.0) * (p + 1.0) * (p + 2.0));
        }
        double mean = mean(law, k, p);
        if (law instanceof Pareto pareto) {
            double square = pareto.scale() * pareto.scale() * paretoMoment(2 / pareto.shape(), k, p);
            return square == Double.POSITIVE_INFINITY ? square : square - mean * mean;
        }
        return quadrature(law, k, p, x -> (x - mean) * (x - mean));
    }

    /**
     * The moment {@code E[(X_(K:P) / x_m)^r] = G(P+1) G(P-K+1-r/alpha) / (G(P-K+1) G(P+1-r/alpha))} of a Pareto law, with the gamma function
     * G; infinite where {@code alpha (P - K + 1) <= r}.
     *
     * @param power r / alpha
     */
    private static double paretoMoment(double power, int k, int p) {
        int above = p - k + 1;
        return above <= power
                ? Double.POSITIVE_INFINITY
                : Math.exp(LogGamma.value(p + 1.0)
                        - LogGamma.value(p + 1 - power)
                        + LogGamma.value(above - power)
                        - LogGamma.value(above));
    }

    private static double harmonicDifference(int k, int p) {
        return IntStream.rangeClosed(p - k + 1, p).mapToDouble(i -> 1.0 / i).sum();
    }

    private static double squareDifference(int k, int p) {
        return IntStream.rangeClosed(p - k + 1, p)
                .mapToDouble(i -> 1.0 / ((double) i * i))
                .sum();
    }

    private static double quadrature(Distribution law, int k, int p, UnivariateFunction moment) {
        if (law instanceof Empirical) {
            throw new IllegalArgumentException("no order statistics of observed values, whose quantile has steps");
        }
        int above = p - k + 1;
        double logBeta = LogBeta.value(k, above);
        double mode = Math.log((double) k / above);
        double width = STANDARD_DEVIATIONS * Math.sqrt(1.0 / k + 1.0 / above);
        UnivariateFunction density = logOdds -> {
            double logBelow = -softPlus(-logOdds);
            double logAbove = -softPlus(logOdds);
            double weight = Math.exp(k * logBelow + above * logAbove - logBeta);
            return weight == 0 ? 0 : weight * moment.value(law.inverseSurvivalProbability(Math.exp(logAbove)));
        };
        return new TrapezoidIntegrator(RELATIVE, Double.MIN_NORMAL, LEAST_HALVINGS, MOST_HALVINGS)
                .integrate(
                        MOST_EVALUATIONS,
                        density,
                        mode - width - LOG_TAIL / k,
                        mode + width + UPPER * LOG_TAIL / above);
    }

    /** {@code ln(1 + e^t)}. */
    private static double softPlus(double t) {
        return t > 0 ? t + Math.log1p(Math.exp(-t)) : Math.log1p(Math.exp(t));
    }

    private static void check(int k, int p) {
        Checks.atLeast("P", p, 1);
        Checks.between("K", k, 1, p);
    }
}
