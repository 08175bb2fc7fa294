package trainyard.scheduler.peer.helios;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.engine.SimTime;

/**
 * Its {@code srtf}: all jobs by time left, those that wait before those that run; each takes its GPUs from the number of all, and
 * one that does not fit is passed over. A job that ran and got none is preempted and pays for a checkpoint. A job that waited
 * and got some starts only if the placement finds them. Each job runs a second longer than it says, which its list of jobs has
 * to add.
 */
public final class CheckpointingSrtf implements SchedulingPolicy {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private final List<Integer> queue = new ArrayList<>();
    private final List<Integer> running = new ArrayList<>();
    private long wakeUpNanos = Long.MAX_VALUE;

    @Override
    public String name() {
        return "helios-srtf";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        queue.add(job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        running.remove(Integer.valueOf(job));
    }

    @Override
    public void schedule(SchedulingContext context) {
        List<Integer> prepared = new ArrayList<>();
        List<Integer> preempted = new ArrayList<>();
        int quota = context.totalGpus();
        for (int job : Stream.concat(queue.stream(), running.stream())
                .sorted(Comparator.comparingLong(context::remainingNanos))
                .toList()) {
            boolean fits = context.gpus(job) <= quota;
            quota -= fits ? context.gpus(job) : 0;
            if (fits && !context.isRunning(job)) {
                prepared.add(job);
            } else if (!fits && context.isRunning(job)) {
                preempted.add(job);
            }
        }
        preempted.forEach(job -> preempt(context, job));
        prepared.removeIf(job -> start(context, job));
        wakeUpNanos = nextOvertaking(context, prepared);
    }

    private void preempt(SchedulingContext context, int job) {
        context.setBack(job, checkpointNanos(context.gpus(job)));
        context.preempt(job);
        running.remove(Integer.valueOf(job));
        queue.add(job);
    }

    private boolean start(SchedulingContext context, int job) {
        boolean started = context.start(job);
        if (started) {
            queue.remove(Integer.valueOf(job));
            running.add(job);
        }
        return started;
    }

    private static long checkpointNanos(int gpus) {
        if (gpus == 1) {
            return 7 * SECOND;
        }
        return (gpus <= 8 ? 30 : 60) * SECOND;
    }

    /** When a running job first has less time left than one that got GPUs but no place: then the order changes. */
    private long nextOvertaking(SchedulingContext context, List<Integer> unplaced) {
        long next = Long.MAX_VALUE;
        for (int waiting : unplaced) {
            for (int job : running) {
                long ahead = context.remainingNanos(job) - context.remainingNanos(waiting);
                next = ahead >= 0 ? Math.min(next, context.nowNanos() + ahead + SECOND) : next;
            }
        }
        return next;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }
}
