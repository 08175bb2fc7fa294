package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * Bytes of training that exchanges parameters every H inner steps only, as DiLoCo (A. Douillard et al., arXiv 2311.08105) does, in F
 * fragments that take turns, as its streaming form (arXiv 2501.18512) does. Definitions, with ring all-reduces.
 *
 * @param parameters N, positive
 * @param workers P, at least 1
 * @param steps H inner steps between two exchanges of a parameter, at least 1
 * @param bytesPerParameter b of what is exchanged; half a byte for 4 bits
 * @param fragments F, at least 1
 */
public record OuterSync(double parameters, int workers, int steps, double bytesPerParameter, int fragments) {

    /** Of a gradient in full precision. */
    private static final double FP32_BYTES = 4;

    public OuterSync {
        Checks.positive("parameters", parameters);
        Checks.atLeast("workers", workers, 1);
        Checks.atLeast("steps", steps, 1);
        Checks.positive("bytesPerParameter", bytesPerParameter);
        Checks.atLeast("fragments", fragments, 1);
    }

    private double roundBytes() {
        return 2 * (workers - 1.0) / workers * parameters * bytesPerParameter;
    }

    /** {@code 2 (P-1)/P N b / H}: mean that a worker sends per inner step. */
    public double bytesPerStep() {
        return roundBytes() / steps;
    }

    /** {@code 2 (P-1)/P N b / F}: what a worker sends at once. */
    public double peakBytes() {
        return roundBytes() / fragments;
    }

    /** {@code 4 H / b}: bytes of an all-reduce of 32-bit gradients at every step over these. */
    public double reduction() {
        return FP32_BYTES * steps / bytesPerParameter;
    }
}
