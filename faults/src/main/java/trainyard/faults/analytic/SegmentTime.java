package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * One stretch of work that ends with a checkpoint, repeated until it succeeds. Failures are exponential and may strike the
 * work, the checkpoint and the restore, not the downtime.
 *
 * @param workSeconds useful part W, positive
 * @param checkpointSeconds blocking part C
 * @param restoreSeconds restore R before a retry
 * @param downtimeSeconds downtime D before a restore
 * @param mtbfSeconds mean time M between failures of the job, positive
 */
public record SegmentTime(
        double workSeconds,
        double checkpointSeconds,
        double restoreSeconds,
        double downtimeSeconds,
        double mtbfSeconds) {

    public SegmentTime {
        Checks.positive("workSeconds", workSeconds);
        Checks.notNegative("checkpointSeconds", checkpointSeconds);
        Checks.notNegative("restoreSeconds", restoreSeconds);
        Checks.notNegative("downtimeSeconds", downtimeSeconds);
        Checks.positive("mtbfSeconds", mtbfSeconds);
    }

    /**
     * {@code E = e^(R/M) (M + D) (e^((W + C)/M) - 1)}: exact (Herault and Robert, Fault-Tolerance Techniques for
     * High-Performance Computing, 2015, chapter 1). Infinite where the exponentials overflow: no end within any time.
     */
    public double expectedSeconds() {
        return Math.exp(restoreSeconds / mtbfSeconds)
                * (mtbfSeconds + downtimeSeconds)
                * Math.expm1((workSeconds + checkpointSeconds) / mtbfSeconds);
    }

    /** {@code 1 - W / E}: share of the time that is not useful. */
    public double waste() {
        return 1 - workSeconds / expectedSeconds();
    }

    /** {@code C/T + (D + R + T/2) / M} with {@code T = W + C}: first order, exceeds 1 where failures are frequent. */
    public double wasteFirstOrder() {
        return checkpointShare() + failureShare();
    }

    /** {@code 1 - (1 - C/T) (1 - (D + R + T/2) / M)}: first order, the two losses one upon the other. */
    public double wasteProduct() {
        return 1 - (1 - checkpointShare()) * (1 - failureShare());
    }

    private double checkpointShare() {
        return checkpointSeconds / (workSeconds + checkpointSeconds);
    }

    private double failureShare() {
        return (downtimeSeconds + restoreSeconds + (workSeconds + checkpointSeconds) / 2) / mtbfSeconds;
    }
}
