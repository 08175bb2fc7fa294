package trainyard.faults.checkpoint;

import trainyard.faults.analytic.CheckpointInterval;
import trainyard.sim.engine.SimTime;

/**
 * An interval that follows the rate of faults that is seen: each time the job starts it takes the exact optimum for the stall
 * of a snapshot and the estimate {@code M = (prior + span) / (1 + n)}, n incidents in a span of time. The prior counts as one
 * incident (the mean of a gamma prior of shape 1). Only the newest incidents count, so that a rate that changes is followed:
 * once all that can be are remembered, the prior is forgotten like the incidents before them, and the mean of the times
 * between those that are left, up to now, is the estimate.
 *
 * @param priorMtbfSeconds what the time between faults is taken for before one is seen, above 0
 * @param remembered newest incidents that count, at least 1
 */
public record AdaptiveInterval(double priorMtbfSeconds, int remembered) {

    /** A stall of nothing has no best interval but none; this one is below what any clock shows. */
    private static final double LEAST_STALL_SECONDS = 1e-3;

    public AdaptiveInterval {
        if (!(priorMtbfSeconds > 0) || remembered < 1) {
            throw new IllegalArgumentException(
                    "an interval that adapts needs a prior above 0 s and at least one incident," + " got "
                            + priorMtbfSeconds + " and " + remembered);
        }
    }

    /** Seconds between faults as estimated. */
    double mtbfSeconds(ObservedIncidents incidents, long nowNanos) {
        double span = SimTime.seconds(incidents.spanNanos(nowNanos));
        if (incidents.count() < remembered) {
            return (priorMtbfSeconds + span) / (1.0 + incidents.count());
        }
        // Since the oldest of n incidents there were n - 1 more; of one alone there is nothing to forget the prior for.
        return remembered == 1 ? priorMtbfSeconds + span : span / (remembered - 1);
    }

    long intervalSteps(CheckpointPlan plan, ObservedIncidents incidents, long nowNanos, long stepNanos) {
        double stall = Math.max(plan.meanStallNanos() / SimTime.NANOS_PER_SECOND, LEAST_STALL_SECONDS);
        double work = CheckpointInterval.exactSeconds(stall, mtbfSeconds(incidents, nowNanos));
        return Math.max(1, Math.round(work * SimTime.NANOS_PER_SECOND / stepNanos));
    }
}
