package trainyard.faults.life.job;

import java.util.Objects;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.StepTimes;

/**
 * A job that lives through faults.
 *
 * @param layout slots for the nodes that it is made for
 * @param batch samples of a step of the whole job, at least 1
 * @param steps whole batches after which it is done, at least 1; {@link Long#MAX_VALUE} for a job that never is
 * @param stepTimes what a step takes
 * @param checkpoints what of its work survives
 * @param recovery what it does about its nodes after a fault
 * @param times how long the parts of a stall take
 * @param supervision when its faults are noticed and whether it is started again
 */
public record LongJob(
        JobLayout layout,
        long batch,
        long steps,
        StepTimes stepTimes,
        CheckpointPlan checkpoints,
        RecoveryPolicy recovery,
        RecoveryTimes times,
        Supervision supervision) {

    public LongJob {
        Objects.requireNonNull(layout, "layout");
        if (batch < 1 || steps < 1) {
            throw new IllegalArgumentException("a job needs samples and steps, got " + batch + " and " + steps);
        }
        Objects.requireNonNull(stepTimes, "stepTimes");
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(recovery, "recovery");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(supervision, "supervision");
    }

    /** A job whose faults are noticed after the stated times and that is always started again. */
    public LongJob(
            JobLayout layout,
            long batch,
            long steps,
            StepTimes stepTimes,
            CheckpointPlan checkpoints,
            RecoveryPolicy recovery,
            RecoveryTimes times) {
        this(layout, batch, steps, stepTimes, checkpoints, recovery, times, Supervision.of(times));
    }

    /** A job of one replica, of whose samples nothing is known. */
    public LongJob(
            int nodes,
            long steps,
            StepTimes stepTimes,
            CheckpointPlan checkpoints,
            RecoveryPolicy recovery,
            RecoveryTimes times) {
        this(JobLayout.oneReplica(nodes), 1, steps, stepTimes, checkpoints, recovery, times);
    }

    /** The same job under other supervision. */
    public LongJob with(Supervision other) {
        return new LongJob(layout, batch, steps, stepTimes, checkpoints, recovery, times, other);
    }

    /** Nodes that it is made for. */
    public int nodes() {
        return layout.nodes();
    }

    /** Whether it ends when its steps are done, rather than with the observation. */
    public boolean ends() {
        return steps < Long.MAX_VALUE;
    }
}
