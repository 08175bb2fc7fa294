package trainyard.scheduler.policy.goodput;

import java.util.List;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * A policy that allocates all GPUs anew in rounds, by what is known of how jobs train. Within a round nothing starts; where
 * no job is present the next one begins a round at once.
 */
public abstract class AllocationRounds implements SchedulingPolicy {

    private final TrainedJobs jobs;
    private final long roundNanos;
    private long roundEndNanos;

    protected AllocationRounds(TrainingProfiles profiles, long roundNanos) {
        this.jobs = new TrainedJobs(profiles);
        this.roundNanos = roundNanos;
    }

    /** What each of the jobs that may move gets in a round. */
    protected abstract AllocationRow[] allocated(SchedulingContext context, List<TrainedJob> movable);

    /** Those that run or wait. */
    protected final TrainedJobs jobs() {
        return jobs;
    }

    @Override
    public final void arrived(SchedulingContext context, int job) {
        jobs.arrived(context, job);
    }

    @Override
    public final void ended(SchedulingContext context, int job) {
        jobs.ended(job);
        left(context);
    }

    @Override
    public final void interrupted(SchedulingContext context, int job) {
        jobs.interrupted(job);
        left(context);
    }

    private void left(SchedulingContext context) {
        roundEndNanos = jobs.isEmpty() ? context.nowNanos() : roundEndNanos;
    }

    @Override
    public final void schedule(SchedulingContext context) {
        if (jobs.isEmpty() || context.nowNanos() < roundEndNanos) {
            return;
        }
        roundEndNanos = context.nowNanos() + roundNanos;
        List<TrainedJob> movable = jobs.movable(context);
        if (!movable.isEmpty()) {
            TrainedJobs.play(context, movable, allocated(context, movable));
        }
    }

    @Override
    public final long wakeUpNanos() {
        return jobs.isEmpty() ? Long.MAX_VALUE : roundEndNanos;
    }
}
