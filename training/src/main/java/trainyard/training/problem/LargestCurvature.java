package trainyard.training.problem;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;

/**
 * The largest eigenvalue of the second derivative at a point, by power iteration on differences of gradients of the loss that
 * curves show. It bounds the learning rate there: plain gradient descent needs less than {@code 2 / value}. Along a run it may grow, so a bound
 * at the start is no promise for later.
 *
 * @param value second derivative along the steepest direction; negative where all directions curve down
 * @param hasConverged whether the last two estimates agreed within the tolerance
 * @param isSmooth whether a wider difference along that direction gives about the same; at a kink of the loss, such as that of a
 *     rectifier whose input is 0, the value is the width of the difference, and no curvature
 */
public record LargestCurvature(double value, boolean hasConverged, boolean isSmooth) {

    /** Length of a step over that of the parameters: about the cube root of the precision, best for central differences. */
    private static final double STEP = 1e-5;

    /** A wider difference, in steps; across a kink it gives so many times less. */
    private static final double WIDER = 8;

    /** What the wider difference may differ by, relative. */
    private static final double SMOOTH = 0.25;

    /**
     * The largest curvature of the whole objective, not of what one worker sees of it.
     *
     * @param problem whose
     * @param parameters where; not changed
     * @param mostExamples that stand for all, as in {@link Problem#lossGradient}
     * @param tolerance relative, of two estimates in turn; such as 1e-3
     * @param mostProducts bound of the products of the second derivative with a vector, two gradients each; 2 or more; two more tell whether the loss is smooth there
     */
    public static LargestCurvature at(
            Problem problem, double[] parameters, int mostExamples, double tolerance, int mostProducts) {
        Iteration iteration = new Iteration(problem, parameters, mostExamples, tolerance, mostProducts);
        boolean hasConverged = iteration.run(0);
        if (iteration.estimate < 0) {
            hasConverged = iteration.run(-iteration.estimate);
        }
        return new LargestCurvature(iteration.estimate, hasConverged, iteration.isSmooth());
    }

    private static final class Iteration {
        private final Problem problem;
        private final double[] parameters;
        private final int mostExamples;
        private final double tolerance;
        private final int mostProducts;
        private final double step;
        private final double[] direction;
        private final double[] product;
        private final double[] moved;
        private final double[] below;
        private double estimate;
        private int products;

        Iteration(Problem problem, double[] parameters, int mostExamples, double tolerance, int mostProducts) {
            this.problem = problem;
            this.parameters = parameters;
            this.mostExamples = mostExamples;
            this.tolerance = tolerance;
            this.mostProducts = mostProducts;
            step = STEP * Math.max(1, norm(parameters));
            direction = new double[parameters.length];
            product = new double[parameters.length];
            moved = new double[parameters.length];
            below = new double[parameters.length];
        }

        /** Finds the eigenvalue that is greatest in magnitude after a shift of all; whether it converged. */
        boolean run(double shift) {
            drawDirection();
            double last = Double.NaN;
            while (products < mostProducts) {
                multiply(step);
                double shifted = shift;
                for (int i = 0; i < product.length; i++) {
                    shifted += direction[i] * product[i];
                    product[i] += shift * direction[i];
                }
                estimate = shifted - shift;
                double length = norm(product);
                if (length == 0 || !Double.isFinite(length)) {
                    return length == 0;
                }
                for (int i = 0; i < product.length; i++) {
                    direction[i] = product[i] / length;
                }
                if (Math.abs(shifted - last) <= tolerance * Math.abs(shifted)) {
                    return true;
                }
                last = shifted;
            }
            return false;
        }

        private void drawDirection() {
            ContinuousSampler normal =
                    ZigguratSampler.NormalizedGaussian.of(new RandomStreams(0, 0).stream("direction of curvature"));
            for (int i = 0; i < direction.length; i++) {
                direction[i] = normal.sample();
            }
            double length = norm(direction);
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= length;
            }
        }

        /** Whether differences of two widths along the direction agree; a small part of the estimate may be round-off. */
        boolean isSmooth() {
            double narrow = along(step);
            double wide = along(WIDER * step);
            return Math.abs(wide - narrow) <= SMOOTH * Math.max(Math.abs(wide), Math.abs(narrow));
        }

        private double along(double width) {
            multiply(width);
            double sum = 0;
            for (int i = 0; i < product.length; i++) {
                sum += direction[i] * product[i];
            }
            return sum;
        }

        /** Second derivative times direction, by a central difference. */
        private void multiply(double width) {
            move(-width, below);
            move(width, product);
            for (int i = 0; i < product.length; i++) {
                product[i] = (product[i] - below[i]) / (2 * width);
            }
            products++;
        }

        private void move(double distance, double[] gradient) {
            for (int i = 0; i < moved.length; i++) {
                moved[i] = parameters[i] + distance * direction[i];
            }
            problem.lossGradient(moved, mostExamples, gradient);
        }

        private static double norm(double[] vector) {
            double sum = 0;
            for (double value : vector) {
                sum += value * value;
            }
            return Math.sqrt(sum);
        }
    }
}
