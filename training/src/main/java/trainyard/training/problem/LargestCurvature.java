package trainyard.training.problem;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;

/**
 * The largest eigenvalue of the second derivative at a point, by power iteration on differences of gradients of one batch. It
 * bounds the learning rate there: plain gradient descent needs less than {@code 2 / value}. Along a run it may grow, so a bound
 * at the start is no promise for later.
 *
 * @param value second derivative along the steepest direction; negative where all directions curve down
 * @param products of the second derivative with a vector that were taken, two gradients each
 * @param hasConverged whether the last two estimates agreed within the tolerance
 */
public record LargestCurvature(double value, int products, boolean hasConverged) {

    /** Length of a step over that of the parameters: about the cube root of the precision, best for central differences. */
    private static final double STEP = 1e-5;

    /**
     * The largest curvature of the mean loss of a batch. Noise of the batch cancels, since both gradients of a difference have
     * the same.
     *
     * @param problem whose
     * @param parameters where; not changed
     * @param batch examples, such as all of an epoch
     * @param tolerance relative, of two estimates in turn; such as 1e-3
     * @param mostProducts bound of {@link #products}, 2 or more
     */
    public static LargestCurvature at(
            Problem problem, double[] parameters, Batch batch, double tolerance, int mostProducts) {
        Iteration iteration = new Iteration(problem, parameters, batch, tolerance, mostProducts);
        boolean hasConverged = iteration.run(0);
        if (iteration.estimate < 0) {
            hasConverged = iteration.run(-iteration.estimate);
        }
        return new LargestCurvature(iteration.estimate, iteration.products, hasConverged);
    }

    private static final class Iteration {
        private final Problem problem;
        private final double[] parameters;
        private final Batch batch;
        private final double tolerance;
        private final int mostProducts;
        private final double step;
        private final double[] direction;
        private final double[] product;
        private final double[] moved;
        private final double[] below;
        private double estimate;
        private int products;

        Iteration(Problem problem, double[] parameters, Batch batch, double tolerance, int mostProducts) {
            this.problem = problem;
            this.parameters = parameters;
            this.batch = batch;
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
                multiply();
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

        /** Second derivative times direction, by a central difference. */
        private void multiply() {
            move(-step, below);
            move(step, product);
            for (int i = 0; i < product.length; i++) {
                product[i] = (product[i] - below[i]) / (2 * step);
            }
            products++;
        }

        private void move(double distance, double[] gradient) {
            for (int i = 0; i < moved.length; i++) {
                moved[i] = parameters[i] + distance * direction[i];
            }
            problem.gradient(moved, batch, gradient);
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
