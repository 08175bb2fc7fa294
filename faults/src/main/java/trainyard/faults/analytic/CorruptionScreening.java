package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** Regular tests of a part that sometimes computes wrong results. */
public final class CorruptionScreening {

    private CorruptionScreening() {}

    /**
     * {@code (1 - c)^floor(t / period)}: chance that a part which went bad is still not found.
     *
     * @param recall chance c that one test finds a bad part
     * @param periodSeconds time between two tests, positive
     * @param seconds time t since it went bad
     */
    public static double undetected(double recall, double periodSeconds, double seconds) {
        Checks.probability("recall", recall);
        Checks.positive("periodSeconds", periodSeconds);
        Checks.notNegative("seconds", seconds);
        return Math.pow(1 - recall, Math.floor(seconds / periodSeconds));
    }
}
