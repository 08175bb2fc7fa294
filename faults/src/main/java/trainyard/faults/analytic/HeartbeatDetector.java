package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * A node is declared dead after m heartbeats in a row went missing.
 *
 * @param intervalSeconds time h between heartbeats, positive
 * @param misses m, at least 1
 * @param loss chance p that one heartbeat of a live node is lost, independent of the others
 */
public record HeartbeatDetector(double intervalSeconds, int misses, double loss) {

    public HeartbeatDetector {
        Checks.positive("intervalSeconds", intervalSeconds);
        Checks.atLeast("misses", misses, 1);
        Checks.probability("loss", loss);
    }

    /** {@code (m - 1/2) h}: the crash falls anywhere in an interval, the timer runs from the last heartbeat, which arrived. */
    public double meanDetectionSeconds() {
        return (misses - 0.5) * intervalSeconds;
    }

    /**
     * {@code (m - 1/2 - L) h}, where heartbeats before the crash may be lost as well: the timer already runs for a mean of
     * {@code L = sum l p^l / sum p^l}, l from 0 to m - 1, of them (a run of losses that has not yet raised an alarm).
     */
    public double meanDetectionSecondsAfterLosses() {
        double weight = 1;
        double weighted = 0;
        for (int missing = 0; missing < misses; missing++) {
            weighted += missing * weight;
            weight *= loss;
        }
        return (misses - 0.5 - weighted / weights()) * intervalSeconds;
    }

    /**
     * How many heartbeats in a row were lost just before a crash, l from 0 to m - 1 of chance {@code p^l / sum p^l}: a longer run would have
     * raised an alarm.
     *
     * @param quantile share of the crashes before which there were at most as many, in [0, 1)
     */
    public int lossesBefore(double quantile) {
        double left = quantile * weights();
        double weight = 1;
        int missing = 0;
        while (missing < misses - 1 && left >= weight) {
            left -= weight;
            weight *= loss;
            missing++;
        }
        return missing;
    }

    private double weights() {
        double weight = 1;
        double sum = 0;
        for (int missing = 0; missing < misses; missing++) {
            sum += weight;
            weight *= loss;
        }
        return sum;
    }

    /**
     * {@code h (1 - p^m) / ((1 - p) p^m)}: mean time until a live node is declared dead, the wait for a run of m losses
     * (Feller, volume 1, XIII.7). Infinite without losses; h m where all are lost.
     */
    public double meanSecondsBetweenFalseAlarms() {
        if (loss == 1) {
            return intervalSeconds * misses;
        }
        double run = Math.pow(loss, misses);
        return intervalSeconds * (1 - run) / ((1 - loss) * run);
    }
}
