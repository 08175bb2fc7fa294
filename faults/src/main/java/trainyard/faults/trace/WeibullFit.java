package trainyard.faults.trace;

import java.util.Arrays;

/**
 * A Weibull distribution fitted by maximum likelihood.
 *
 * @param shape below 1 where failures come in bursts
 * @param scale in the unit of the values
 * @param values how many were fitted
 * @param likelihoodGain twice the gain of log-likelihood over the best exponential; above 3.84 the shape differs from 1
 *     with 95 % confidence
 */
public record WeibullFit(double shape, double scale, int values, double likelihoodGain) {

    private static final double LEAST_SHAPE = 1e-3;
    private static final double MOST_SHAPE = 1e3;
    private static final int HALVINGS = 200;

    /**
     * Solves {@code sum x^k ln x / sum x^k - 1/k = mean ln x}, whose left side rises with k, by bisection; then {@code
     * scale^k = mean x^k}. (Cohen 1965, Technometrics 7(4):579-588.)
     *
     * @param positive at least two values above 0, not all equal
     */
    public static WeibullFit of(double... positive) {
        double[] logarithms = Arrays.stream(positive).map(WeibullFit::logarithm).toArray();
        double largest = Arrays.stream(logarithms).max().orElse(Double.NaN);
        double least = Arrays.stream(logarithms).min().orElse(Double.NaN);
        if (!(largest > least)) {
            throw new IllegalArgumentException("a Weibull fit needs two different values");
        }
        double mean = Arrays.stream(logarithms).average().orElseThrow();
        double low = Math.log(LEAST_SHAPE);
        double high = Math.log(MOST_SHAPE);
        for (int i = 0; i < HALVINGS && high - low > 1e-15 * Math.abs(high); i++) {
            double middle = (low + high) / 2;
            boolean tooLarge = slope(logarithms, largest, Math.exp(middle)) > mean;
            low = tooLarge ? low : middle;
            high = tooLarge ? middle : high;
        }
        double shape = Math.exp((low + high) / 2);
        double scale = Math.exp(largest + Math.log(meanPower(logarithms, largest, shape)) / shape);
        return new WeibullFit(shape, scale, positive.length, gain(positive, shape, scale, mean));
    }

    private static double logarithm(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("value (" + value + ") must be positive and finite");
        }
        return Math.log(value);
    }

    /** Relative to the largest value, so that no power overflows. */
    private static double slope(double[] logarithms, double largest, double shape) {
        double powers = 0;
        double weighted = 0;
        for (double logarithm : logarithms) {
            double power = Math.exp(shape * (logarithm - largest));
            powers += power;
            weighted += power * logarithm;
        }
        return weighted / powers - 1 / shape;
    }

    private static double meanPower(double[] logarithms, double largest, double shape) {
        return Arrays.stream(logarithms)
                .map(logarithm -> Math.exp(shape * (logarithm - largest)))
                .average()
                .orElseThrow();
    }

    /** At its maximum the log-likelihood per value is {@code ln k - k ln s + (k - 1) mean ln x - 1}, the exponential's with k = 1. */
    private static double gain(double[] values, double shape, double scale, double meanLogarithm) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double weibull = Math.log(shape) - shape * Math.log(scale) + (shape - 1) * meanLogarithm;
        return 2 * values.length * (weibull + Math.log(mean));
    }
}
