package trainyard.training.analytic;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import trainyard.sim.checks.Checks;

/**
 * SGD on {@code lambda w^2 / 2} with gradients {@code lambda w + n}, n independent with mean 0 and one variance; a = learning rate
 * times lambda. Source: linear recurrences, derived here; the model is that of G. Zhang et al., "Which Algorithmic Choices Matter at
 * Which Batch Sizes?" (NeurIPS 2019). A delay tau means {@code w_(t+1) = w_t - lr (lambda w_(t-tau) + n_t)} with all of w up to
 * the first update at w_0.
 *
 * @param learningRate lr, positive
 * @param curvature lambda, positive
 * @param noiseVariance variance of the gradient that one update applies, 0 or more; of B samples or workers a B-th of that of one
 */
public record NoisyQuadraticSgd(double learningRate, double curvature, double noiseVariance) {

    private static final int MOST_UPDATES = 10_000_000;

    public NoisyQuadraticSgd {
        Checks.positive("learningRate", learningRate);
        Checks.positive("curvature", curvature);
        Checks.notNegative("noiseVariance", noiseVariance);
    }

    /** The same with gradients that are means over a number of others. */
    public NoisyQuadraticSgd averaged(double batch) {
        Checks.positive("batch", batch);
        return new NoisyQuadraticSgd(learningRate, curvature, noiseVariance / batch);
    }

    /** a = lr lambda. */
    public double step() {
        return learningRate * curvature;
    }

    /** {@code lambda / 2} times a mean square: the loss that goes with it. */
    public double loss(double meanSquare) {
        return curvature / 2 * meanSquare;
    }

    /** {@code lr v / (lambda (2 - a))} with the variance v of an update: E[w^2] in the long run; infinite from a = 2 on. */
    public double stationary() {
        double step = step();
        return step >= 2 ? Double.POSITIVE_INFINITY : learningRate * noiseVariance / (curvature * (2 - step));
    }

    /** {@code (1-a)^(2T) (w_0^2 - S) + S}, S = {@link #stationary}: E[w^2] after T updates. */
    public double meanSquare(double start, int updates) {
        return meanSquare(start, updates, 0);
    }

    /**
     * E[w^2] after T updates with delay: {@code m_T^2 + lr^2 v sum over k < T of h_k^2} with the mean m and the response h to one
     * unit of noise, both of {@code x_(t+1) = x_t - a x_(t-tau)}.
     */
    public double meanSquare(double start, int updates, int tau) {
        return after(start, updates, tau).meanSquare();
    }

    /** E[w] after T updates with delay. */
    public double mean(double start, int updates, int tau) {
        return after(start, updates, tau).mean();
    }

    private Trajectory after(double start, int updates, int tau) {
        Checks.atLeast("updates", updates, 0);
        Trajectory trajectory = new Trajectory(start, tau);
        for (int i = 0; i < updates; i++) {
            trajectory.update();
        }
        return trajectory;
    }

    /**
     * The first number of updates after which E[w^2] is no more than a target.
     *
     * @throws IllegalArgumentException if ten million updates do not reach it
     */
    public int updatesTo(double target, double start, int tau) {
        Checks.positive("target", target);
        Trajectory trajectory = new Trajectory(start, tau);
        for (int updates = 0; updates <= MOST_UPDATES && Double.isFinite(trajectory.meanSquare()); updates++) {
            if (trajectory.meanSquare() <= target) {
                return updates;
            }
            trajectory.update();
        }
        throw new IllegalArgumentException("the target (" + target + ") is never reached");
    }

    /**
     * E[w^2] with delay in the long run: the autocovariances {@code r_0 = r_1 - a r_(tau+1) + lr^2 v} and {@code r_j = r_(j-1) - a
     * r_|tau+1-j|} for j from 1 to tau + 1, a linear system. For tau = 1 it is {@code (1+a) lr^2 v / (a (1-a)(2+a))}. Infinite where
     * updates do not converge.
     */
    public double stationary(int tau) {
        Checks.atLeast("tau", tau, 0);
        if (tau == 0) {
            return stationary();
        }
        double step = step();
        if (step >= DelayStability.limit(tau)) {
            return Double.POSITIVE_INFINITY;
        }
        int size = tau + 2;
        RealMatrix matrix = new Array2DRowRealMatrix(size, size);
        RealVector right = new ArrayRealVector(size);
        right.setEntry(0, learningRate * learningRate * noiseVariance);
        for (int j = 0; j < size; j++) {
            matrix.addToEntry(j, j, 1);
            matrix.addToEntry(j, Math.abs(j - 1), -1);
            matrix.addToEntry(j, Math.abs(tau + 1 - j), step);
        }
        return new LUDecomposition(matrix).getSolver().solve(right).getEntry(0);
    }

    /** How many times as large E[w^2] is in the long run with delay as without, at one learning rate and batch. */
    public double floorRatio(int tau) {
        NoisyQuadraticSgd noisy = new NoisyQuadraticSgd(learningRate, curvature, 1);
        return noisy.stationary(tau) / noisy.stationary();
    }

    /** Mean and mean square, update by update. */
    private final class Trajectory {

        private final double step = step();
        private final double[] means;
        private final double[] responses;
        private int updates;
        private double squares;

        Trajectory(double start, int tau) {
            Checks.finite("start", start);
            Checks.atLeast("tau", tau, 0);
            means = new double[tau + 1];
            responses = new double[tau + 1];
            Arrays.fill(means, start);
        }

        /** The slot of an update; the same one holds, until then, what was tau + 1 updates before. */
        private int slot(int update) {
            return Math.floorMod(update, means.length);
        }

        double mean() {
            return means[slot(updates)];
        }

        double meanSquare() {
            return mean() * mean() + learningRate * learningRate * noiseVariance * squares;
        }

        void update() {
            int now = slot(updates);
            int next = slot(updates + 1);
            double response = updates == 0 ? 1 : responses[now] - step * responses[next];
            means[next] = means[now] - step * means[next];
            responses[next] = response;
            squares += response * response;
            updates++;
        }
    }
}
