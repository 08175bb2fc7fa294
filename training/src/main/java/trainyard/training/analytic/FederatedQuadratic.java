package trainyard.training.analytic;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.sim.checks.Checks;

/**
 * Federated averaging (McMahan et al. 2017) of clients whose objectives are quadratics with the same curvatures {@code c} and
 * minima {@code b_i} that are normal around 0. In each round M of N clients are drawn without replacement, take H steps from the shared
 * parameters and are averaged.
 *
 * <p>A client keeps {@code q = (1 - lr c)^H} of its distance to its own minimum. So the mean parameters move as {@code w' = q w + (1 - q)
 * b_S + e}, where {@code b_S} is the mean of the minima drawn and {@code e} the mean of the noise of M clients. With {@code d} the
 * distance from the mean of all minima, per coordinate, exactly and in expectation over draws, noise and minima,
 *
 * <pre>
 *   E[d_R^2] = q^(2R) E[d_0^2] + f (1 - q^(2R)) / (1 - q^2)
 *   f        = (1 - q)^2 s^2 (N - M) / (N M) + lr^2 v (1 - q^2) / ((1 - (1 - lr c)^2) M)
 *   E[d_0^2] = w0^2 + s^2 / N
 *   loss     = sum over coordinates of c/2 (E[d_R^2] + s^2 (N - 1) / N)
 * </pre>
 *
 * with {@code s} the deviation of the minima and {@code v} the noise variance of a gradient. The factor {@code (N - M) / (N M)} is that
 * of a mean drawn from a finite population (W. Cochran, "Sampling Techniques", 1977, theorem 2.2). Derived here.
 *
 * @param curvatures one for each coordinate, positive, with {@code lr c < 2}
 * @param learningRate lr, positive
 * @param steps H, at least 1
 * @param clients N, at least 1
 * @param drawn M, from 1 to N
 * @param spread s, 0 or more
 * @param gradientVariance v, 0 or more
 * @param start w0, where each coordinate starts
 */
public record FederatedQuadratic(
        List<Double> curvatures,
        double learningRate,
        int steps,
        int clients,
        int drawn,
        double spread,
        double gradientVariance,
        double start) {

    private static final double MOST_ROUNDS = 1e9;

    public FederatedQuadratic {
        curvatures = List.copyOf(curvatures);
        Checks.positive("learningRate", learningRate);
        Checks.atLeast("steps", steps, 1);
        Checks.atLeast("drawn", drawn, 1);
        Checks.atLeast("clients", clients, drawn);
        Checks.finite("start", start);
        for (double curvature : curvatures) {
            Checks.positive("curvature", curvature);
            if (!(learningRate * curvature < 2)) {
                throw new IllegalArgumentException(
                        "a rate of " + learningRate + " diverges at a curvature of " + curvature);
            }
        }
        if (!(spread >= 0 && gradientVariance >= 0)) {
            throw new IllegalArgumentException("spread and gradientVariance must be 0 or more");
        }
    }

    /** Expected loss of the shared parameters after some rounds, a real number of 0 or more. */
    public double loss(double rounds) {
        double loss = 0;
        for (double curvature : curvatures) {
            double left = Math.pow(kept(curvature), 2 * rounds);
            double begin = start * start + spread * spread / clients;
            double apart = spread * spread * (clients - 1) / clients;
            loss += curvature / 2 * (left * begin + (1 - left) * settled(curvature) + apart);
        }
        return loss;
    }

    /** Size of q. */
    private double kept(double curvature) {
        return Math.pow(Math.abs(1 - learningRate * curvature), steps);
    }

    /** E[d^2] after many rounds. */
    private double settled(double curvature) {
        double step = 1 - learningRate * curvature;
        double q = Math.pow(step, steps);
        double drawing = (1 - q) * (1 - q) * spread * spread * (clients - drawn) / ((double) clients * drawn);
        double noise = learningRate * learningRate * gradientVariance / drawn * (1 - q * q) / (1 - step * step);
        return (drawing + noise) / (1 - q * q);
    }

    /** Rounds after which the expected loss is at a target, between whole rounds as if it fell evenly; empty where it never is. */
    public OptionalDouble roundsTo(double target) {
        if (loss(0) <= target) {
            return OptionalDouble.of(0);
        }
        double high = 1;
        while (loss(high) > target) {
            high *= 2;
            if (high > MOST_ROUNDS) {
                return OptionalDouble.empty();
            }
        }
        double low = high == 1 ? 0 : high / 2;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (loss(middle) > target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(high);
    }
}
