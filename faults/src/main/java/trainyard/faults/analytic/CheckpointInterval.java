package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Useful seconds W between two checkpoints that cost the least time, by several authors. All take the seconds C that a
 * checkpoint blocks and the mean seconds M between failures of the job, both positive.
 */
public final class CheckpointInterval {

    private CheckpointInterval() {}

    /** {@code W = sqrt(2 C M)}: Young 1974, first order, for C much smaller than M. */
    public static double youngSeconds(double checkpointSeconds, double mtbfSeconds) {
        check(checkpointSeconds, mtbfSeconds);
        return Math.sqrt(2 * checkpointSeconds * mtbfSeconds);
    }

    /**
     * {@code W = sqrt(2 C (M + R)) - C}: Daly 2006, first order. Unlike the exact optimum it depends on the restore time
     * R, and it is far off when R comes near M.
     */
    public static double dalyFirstOrderSeconds(double checkpointSeconds, double mtbfSeconds, double restoreSeconds) {
        check(checkpointSeconds, mtbfSeconds);
        Checks.notNegative("restoreSeconds", restoreSeconds);
        return Math.sqrt(2 * checkpointSeconds * (mtbfSeconds + restoreSeconds)) - checkpointSeconds;
    }

    /** {@code W = sqrt(2 C M) (1 + sqrt(C / 2M) / 3 + (C / 2M) / 9) - C} where C is below 2M, else M: Daly 2006. */
    public static double dalyHigherOrderSeconds(double checkpointSeconds, double mtbfSeconds) {
        check(checkpointSeconds, mtbfSeconds);
        double half = checkpointSeconds / (2 * mtbfSeconds);
        return half >= 1
                ? mtbfSeconds
                : Math.sqrt(2 * checkpointSeconds * mtbfSeconds) * (1 + Math.sqrt(half) / 3 + half / 9)
                        - checkpointSeconds;
    }

    /**
     * {@code W = M (1 + W0(-e^(-C/M - 1)))}, W0 Lambert's function: the least of {@link SegmentTime} over its useful part,
     * exact for exponential failures (Bougeret et al., SC 2011). It depends neither on the restore nor on the downtime.
     */
    public static double exactSeconds(double checkpointSeconds, double mtbfSeconds) {
        check(checkpointSeconds, mtbfSeconds);
        return mtbfSeconds * LambertW.onePlusPrincipal(checkpointSeconds / mtbfSeconds);
    }

    /**
     * {@code T = C + sqrt(C^2 + 2 C (M + R))}, checkpoint included: the period of best availability by Saxena et al. 2024
     * (arXiv 2410.18124).
     */
    public static double saxenaPeriodSeconds(double checkpointSeconds, double mtbfSeconds, double recoverySeconds) {
        check(checkpointSeconds, mtbfSeconds);
        Checks.notNegative("recoverySeconds", recoverySeconds);
        return checkpointSeconds
                + Math.sqrt(checkpointSeconds * checkpointSeconds
                        + 2 * checkpointSeconds * (mtbfSeconds + recoverySeconds));
    }

    private static void check(double checkpointSeconds, double mtbfSeconds) {
        Checks.positive("checkpointSeconds", checkpointSeconds);
        Checks.positive("mtbfSeconds", mtbfSeconds);
    }
}
