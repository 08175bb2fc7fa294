package trainyard.scheduler.policy;

import java.util.Arrays;

/**
 * Two-dimensional LAS in queues (Gu et al., Tiresias, NSDI 2019): a job lies in the first queue whose end its attained GPU time
 * has not reached. Earlier queues come first; within one queue a job that runs goes on, then comes the one that was first to
 * arrive.
 *
 * <p>Against starvation a job that has waited a multiple of the time that it ran goes back to the first queue, and what it attained
 * before no longer counts.
 */
public final class AttainedQueues implements JobRank {

    private final long[] ends;
    private final double promoteAfter;
    private final JobHeap promotions = new JobHeap();
    /** By job: run time that no longer counts, and when it is to be promoted if it still waits. */
    private long[] forgiven = new long[64];

    private long[] due = new long[64];

    /**
     * @param endsGpuSeconds attained GPU-seconds at which a job leaves each queue but the last, ascending
     * @param promoteAfter times its run time that a job waits until it is promoted; 0 for never
     */
    public AttainedQueues(double[] endsGpuSeconds, double promoteAfter) {
        ends = Arrays.stream(endsGpuSeconds).mapToLong(Services::ofGpuSeconds).toArray();
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] <= (i == 0 ? 0 : ends[i - 1])) {
                throw new IllegalArgumentException(
                        "ends of queues are above 0 and ascend, got " + Arrays.toString(endsGpuSeconds));
            }
        }
        if (!(promoteAfter >= 0)) {
            throw new IllegalArgumentException("a promotion comes after 0 or more run times, got " + promoteAfter);
        }
        this.promoteAfter = promoteAfter;
    }

    @Override
    public String name() {
        return "2d-las";
    }

    @Override
    public long of(SchedulingContext context, int job) {
        return 2L * queue(service(context, job)) + (context.isRunning(job) ? 0 : 1);
    }

    private int queue(long service) {
        int queue = 0;
        while (queue < ends.length && service >= ends[queue]) {
            queue++;
        }
        return queue;
    }

    private long service(SchedulingContext context, int job) {
        return Services.of(context, countedNanos(context, job), job);
    }

    private long countedNanos(SchedulingContext context, int job) {
        return context.attainedNanos(job) - (job < forgiven.length ? forgiven[job] : 0);
    }

    @Override
    public long attainedToGrowthNanos(SchedulingContext context, int job) {
        long service = service(context, job);
        int queue = queue(service);
        return queue == ends.length ? Long.MAX_VALUE : Services.nanosUntil(context, ends[queue] - service, job);
    }

    @Override
    public void stopped(SchedulingContext context, int job) {
        if (promoteAfter > 0 && queue(service(context, job)) > 0) {
            if (job >= due.length) {
                int length = Math.max(job + 1, 2 * due.length);
                due = Arrays.copyOf(due, length);
                forgiven = Arrays.copyOf(forgiven, length);
            }
            due[job] = context.nowNanos() + Math.round(promoteAfter * countedNanos(context, job));
            promotions.add(due[job], job);
        }
    }

    @Override
    public void started(SchedulingContext context, int job) {
        if (job < due.length) {
            due[job] = 0;
        }
    }

    @Override
    public int nextPromoted(SchedulingContext context) {
        while (nextPromotionNanos(context) <= context.nowNanos()) {
            int job = promotions.remove();
            due[job] = 0;
            forgiven[job] = context.attainedNanos(job);
            return job;
        }
        return NONE;
    }

    @Override
    public long nextPromotionNanos(SchedulingContext context) {
        while (!promotions.isEmpty() && due[promotions.first()] != promotions.firstKey()) {
            promotions.remove();
        }
        return promotions.isEmpty() ? Long.MAX_VALUE : promotions.firstKey();
    }
}
