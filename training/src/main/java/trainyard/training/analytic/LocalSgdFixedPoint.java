package trainyard.training.analytic;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.sim.checks.Checks;

/**
 * Local SGD without noise where worker i has the quadratic {@code lambda_i (w - b_i)^2 / 2} of its own. Of its distance to b_i worker i
 * keeps {@code q_i = (1 - lr lambda_i)^H} over H steps, so that the average settles at {@code sum (1 - q_i) b_i / sum (1 - q_i)},
 * not at the minimum {@code sum lambda_i b_i / sum lambda_i} unless H = 1 or all curvatures are alike. Derived here.
 *
 * @param curvatures lambda_i, positive
 * @param optima b_i
 * @param learningRate lr, positive
 * @param steps H, at least 1
 */
public record LocalSgdFixedPoint(List<Double> curvatures, List<Double> optima, double learningRate, int steps) {

    public LocalSgdFixedPoint {
        curvatures = List.copyOf(curvatures);
        optima = List.copyOf(optima);
        Checks.atLeast("workers", curvatures.size(), 1);
        if (curvatures.size() != optima.size()) {
            throw new IllegalArgumentException(
                    curvatures.size() + " curvatures and " + optima.size() + " optima: as many of one as of the other");
        }
        curvatures.forEach(curvature -> Checks.positive("curvature", curvature));
        optima.forEach(optimum -> Checks.finite("optimum", optimum));
        Checks.positive("learningRate", learningRate);
        Checks.atLeast("steps", steps, 1);
    }

    private double kept(int worker) {
        return Math.pow(1 - learningRate * curvatures.get(worker), steps);
    }

    private IntStream workers() {
        return IntStream.range(0, optima.size());
    }

    /** Where the average stays once it is there. */
    public double value() {
        return workers().mapToDouble(i -> (1 - kept(i)) * optima.get(i)).sum()
                / workers().mapToDouble(i -> 1 - kept(i)).sum();
    }

    /** The minimum of the mean objective. */
    public double minimum() {
        return workers().mapToDouble(i -> curvatures.get(i) * optima.get(i)).sum()
                / curvatures.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** {@link #value} less {@link #minimum}. */
    public double bias() {
        return value() - minimum();
    }

    /** Mean of q_i: what is left after a round of the distance to {@link #value}; it converges below 1 in size. */
    public double contraction() {
        return workers().mapToDouble(this::kept).average().orElseThrow();
    }
}
