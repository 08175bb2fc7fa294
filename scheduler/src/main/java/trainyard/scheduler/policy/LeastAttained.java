package trainyard.scheduler.policy;

/**
 * Least attained service (LAS, foreground-background; Nuyens and Wierman, Performance Evaluation 2008): the job that has run for the
 * shortest time runs. Time is counted in whole quanta, so that equals take turns: within one quantum a job that runs goes on, then
 * comes the one that was first to arrive.
 *
 * @param quantumNanos run time after which a job steps back, at least 1
 */
public record LeastAttained(long quantumNanos) implements JobRank {

    public LeastAttained {
        if (quantumNanos < 1) {
            throw new IllegalArgumentException("a quantum is at least 1 ns, got " + quantumNanos);
        }
    }

    @Override
    public String name() {
        return "las";
    }

    @Override
    public long of(SchedulingContext context, int job) {
        return 2 * (context.attainedNanos(job) / quantumNanos) + (context.isRunning(job) ? 0 : 1);
    }

    @Override
    public long attainedToGrowthNanos(SchedulingContext context, int job) {
        return quantumNanos - context.attainedNanos(job) % quantumNanos;
    }
}
