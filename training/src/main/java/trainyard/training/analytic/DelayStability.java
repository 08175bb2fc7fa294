package trainyard.training.analytic;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import trainyard.sim.checks.Checks;

/**
 * Gradient descent on a quadratic with gradients of fixed age, {@code w_(t+1) = w_t + b (w_t - w_(t-1)) - a w_(t-tau)}, a =
 * learning rate times curvature, b momentum. Roots of {@code z^(tau+1) - (1+b) z^tau + b z^(tau-1) + a} decide: it converges where
 * all lie within the unit circle. Source: root locus (S. A. Kuruklis, "The asymptotic stability of x_(n+1) - a x_n + b x_(n-k) = 0",
 * 1994; S. A. Levin and R. M. May, "A note on difference-delay equations", 1976); the same analysis is that of B. Yang et al.,
 * "PipeMare" (MLSys 2021).
 */
public final class DelayStability {

    private static final double ACCURACY = 1e-15;
    private static final int MOST_EVALUATIONS = 1_000;

    private DelayStability() {}

    /** {@code 2 sin(pi / (2 (2 tau + 1)))}: the least a that no longer converges, without momentum. */
    public static double limit(int tau) {
        Checks.atLeast("tau", tau, 0);
        return 2 * Math.sin(Math.PI / (2 * (2.0 * tau + 1)));
    }

    /**
     * The same with momentum. On the unit circle {@code (z - 1)(z - b) z^(tau-1) = -a}: the angle of the left side, {@code (tau - 1/2)
     * theta + pi/2 + arg(e^(i theta) - b)}, first reaches pi at some theta, and a is the length there, {@code 2 sin(theta/2) |e^(i theta)
     * - b|}. Without delay {@code 2 (1 + b)}.
     *
     * @param momentum b, from 0 up to 1, 1 not included
     */
    public static double limit(int tau, double momentum) {
        Checks.atLeast("tau", tau, 0);
        Checks.share("momentum", momentum);
        if (tau == 0) {
            return 2 * (1 + momentum);
        }
        UnivariateFunction excess = theta -> (tau - 0.5) * theta + angle(theta, momentum) - Math.PI / 2;
        double theta = new BrentSolver(ACCURACY, ACCURACY).solve(MOST_EVALUATIONS, excess, 0, Math.PI);
        return 2 * Math.sin(theta / 2) * Math.hypot(Math.cos(theta) - momentum, Math.sin(theta));
    }

    private static double angle(double theta, double momentum) {
        return Math.atan2(Math.sin(theta), Math.cos(theta) - momentum);
    }

    /** {@code tau^tau / (tau+1)^(tau+1)}: the a of fastest decay without momentum, where two roots meet. */
    public static double fastest(int tau) {
        Checks.atLeast("tau", tau, 0);
        return tau == 0 ? 1 : Math.exp(-tau * Math.log1p(1.0 / tau)) / (tau + 1);
    }

    /** {@code tau / (tau + 1)}: by how much the distance shrinks per update at {@link #fastest}, in the long run. */
    public static double fastestRadius(int tau) {
        Checks.atLeast("tau", tau, 0);
        return tau / (tau + 1.0);
    }

    /**
     * Greatest |z| without momentum: by how much the distance shrinks, or grows, per update in the long run. Below {@link #fastest} the
     * greater real root of {@code z^tau (1 - z) = a}; above it a pair {@code r e^(i theta)} with {@code r = sin(tau theta) / sin((tau
     * + 1) theta)} and {@code a = r^tau sin(theta) / sin((tau + 1) theta)}, theta from 0 to {@code pi / (tau + 1)}.
     *
     * @param a positive
     */
    public static double radius(int tau, double a) {
        Checks.atLeast("tau", tau, 0);
        Checks.positive("a", a);
        if (tau == 0) {
            return Math.abs(1 - a);
        }
        double fastest = fastest(tau);
        if (Math.abs(a - fastest) <= 1e-15 * fastest) {
            return fastestRadius(tau);
        }
        return a < fastest ? realRoot(tau, a) : pair(tau, a);
    }

    private static double realRoot(int tau, double a) {
        UnivariateFunction excess = z -> Math.pow(z, tau) * (1 - z) - a;
        return new BrentSolver(ACCURACY, ACCURACY).solve(MOST_EVALUATIONS, excess, fastestRadius(tau), 1);
    }

    private static double pair(int tau, double a) {
        UnivariateFunction excess = theta -> {
            double sine = Math.sin((tau + 1) * theta);
            return tau * Math.log(Math.sin(tau * theta) / sine) + Math.log(Math.sin(theta) / sine) - Math.log(a);
        };
        double end = Math.PI / (tau + 1);
        double theta =
                new BrentSolver(ACCURACY, ACCURACY).solve(MOST_EVALUATIONS, excess, 1e-9 * end, end * (1 - 1e-12));
        return Math.sin(tau * theta) / Math.sin((tau + 1) * theta);
    }

    /** The same with momentum, from the eigenvalues of the companion matrix; to about 1e-7 where roots meet. */
    public static double radius(int tau, double a, double momentum) {
        Checks.atLeast("tau", tau, 0);
        Checks.positive("a", a);
        Checks.share("momentum", momentum);
        return momentum == 0 ? radius(tau, a) : largest(companion(tau, a, momentum));
    }

    private static RealMatrix companion(int tau, double a, double momentum) {
        int size = Math.max(2, tau + 1);
        RealMatrix matrix = new Array2DRowRealMatrix(size, size);
        for (int i = 1; i < size; i++) {
            matrix.setEntry(i, i - 1, 1);
        }
        matrix.setEntry(0, 0, 1 + momentum);
        matrix.setEntry(0, 1, -momentum);
        matrix.addToEntry(0, tau, -a);
        return matrix;
    }

    private static double largest(RealMatrix matrix) {
        EigenDecomposition eigen = new EigenDecomposition(matrix);
        double[] real = eigen.getRealEigenvalues();
        double[] imaginary = eigen.getImagEigenvalues();
        double largest = 0;
        for (int i = 0; i < real.length; i++) {
            largest = Math.max(largest, new Complex(real[i], imaginary[i]).abs());
        }
        return largest;
    }
}
