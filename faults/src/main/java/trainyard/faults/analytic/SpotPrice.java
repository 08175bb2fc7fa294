package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * What an hour of useful work costs on preemptible nodes, with checkpoints at the exact optimum of {@link
 * CheckpointInterval} and no downtime besides the restore.
 *
 * @param spotPerNodeHour price of a preemptible node, positive
 * @param preemptionsPerNodeHour rate, positive
 * @param nodes nodes that the job needs all at once, at least 1
 * @param checkpointSeconds C, positive
 * @param restoreSeconds R
 */
public record SpotPrice(
        double spotPerNodeHour,
        double preemptionsPerNodeHour,
        int nodes,
        double checkpointSeconds,
        double restoreSeconds) {

    private static final double SECONDS_PER_HOUR = 3_600;

    public SpotPrice {
        Checks.positive("spotPerNodeHour", spotPerNodeHour);
        Checks.positive("preemptionsPerNodeHour", preemptionsPerNodeHour);
        Checks.atLeast("nodes", nodes, 1);
        Checks.positive("checkpointSeconds", checkpointSeconds);
        Checks.notNegative("restoreSeconds", restoreSeconds);
    }

    /** {@code price / (1 - waste)}; infinite where the job gets nowhere. */
    public double perUsefulNodeHour() {
        double mtbf = SECONDS_PER_HOUR / (preemptionsPerNodeHour * nodes);
        double interval = CheckpointInterval.exactSeconds(checkpointSeconds, mtbf);
        SegmentTime segment = new SegmentTime(interval, checkpointSeconds, restoreSeconds, 0, mtbf);
        return spotPerNodeHour * segment.expectedSeconds() / interval;
    }

    /** Whether that is below the price of a node which is never preempted. */
    public boolean beats(double onDemandPerNodeHour) {
        Checks.positive("onDemandPerNodeHour", onDemandPerNodeHour);
        return perUsefulNodeHour() < onDemandPerNodeHour;
    }
}
