package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * What share of its time a job makes progress when a stall of a mean length follows each failure. The two conventions in
 * use differ by a lot when the stall is long, so that a figure needs its name beside it. The time
 * between failures is positive, the stall may be 0.
 */
public final class StallConvention {

    private StallConvention() {}

    /** {@code (MTBF - MTTR) / MTBF}: the stall lies within the time between failures; FT-HSDP, arXiv 2602.00277. */
    public static double stallWithin(double mtbfSeconds, double mttrSeconds) {
        check(mtbfSeconds, mttrSeconds);
        return (mtbfSeconds - mttrSeconds) / mtbfSeconds;
    }

    /** {@code MTBF / (MTBF + MTTR)}: alternating renewal, the stall follows a whole time between failures. */
    public static double alternatingRenewal(double mtbfSeconds, double mttrSeconds) {
        check(mtbfSeconds, mttrSeconds);
        return mtbfSeconds / (mtbfSeconds + mttrSeconds);
    }

    private static void check(double mtbfSeconds, double mttrSeconds) {
        Checks.positive("mtbfSeconds", mtbfSeconds);
        Checks.notNegative("mttrSeconds", mttrSeconds);
    }
}
