package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** Bytes of a checkpoint and the time to write them. */
public final class CheckpointSize {

    /**
     * Mixed-precision Adam: weights in 2 bytes, and master weights and two moments in 4 bytes each (AdaCheck, FAST 2026;
     * Rajbhandari et al. 2020, section 3.1, less gradients, which are not saved).
     */
    public static final double MIXED_PRECISION_ADAM_BYTES = 14;

    private CheckpointSize() {}

    /** 14 bytes per parameter. */
    public static double mixedPrecisionAdamBytes(double parameters) {
        Checks.positive("parameters", parameters);
        return MIXED_PRECISION_ADAM_BYTES * parameters;
    }

    /** Bytes over bandwidth. */
    public static double writeSeconds(double bytes, double bytesPerSecond) {
        Checks.notNegative("bytes", bytes);
        Checks.positive("bytesPerSecond", bytesPerSecond);
        return bytes / bytesPerSecond;
    }
}
