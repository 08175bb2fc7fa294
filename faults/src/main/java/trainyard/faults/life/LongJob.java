package trainyard.faults.life;

import java.util.Objects;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;

/**
 * A job that lives through faults.
 *
 * @param nodes nodes that it is made for, at least 1
 * @param steps steps after which it is done, at least 1; {@link Long#MAX_VALUE} for a job that never is
 * @param stepTimes what a step takes
 * @param checkpoints what of its work survives
 * @param recovery what it does about its nodes after a fault
 * @param times how long the parts of a stall take
 */
public record LongJob(
        int nodes,
        long steps,
        StepTimes stepTimes,
        CheckpointPlan checkpoints,
        RecoveryPolicy recovery,
        RecoveryTimes times) {

    public LongJob {
        if (nodes < 1 || steps < 1) {
            throw new IllegalArgumentException("a job needs nodes and steps, got " + nodes + " and " + steps);
        }
        Objects.requireNonNull(stepTimes, "stepTimes");
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(recovery, "recovery");
        Objects.requireNonNull(times, "times");
    }

    /** Whether it ends when its steps are done, rather than with the observation. */
    public boolean ends() {
        return steps < Long.MAX_VALUE;
    }
}
