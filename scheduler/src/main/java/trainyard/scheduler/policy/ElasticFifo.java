package trainyard.scheduler.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import trainyard.scheduler.job.JobSize;

/**
 * First in, first out for jobs that can run on more or fewer GPUs. An elastic job starts with the fewest that it can use, a
 * moldable one, which cannot grow later, with an equal part of what is free for all that wait, in halves of it down to its fewest. If the
 * fewest are not free, elastic jobs that run give what they have beyond theirs, those with most beyond it first. GPUs that nobody
 * waits for go to elastic jobs, one doubling at a time, those with fewest first. A job that was resized is left alone for a
 * while, since each change costs it a save and a start. One that is not preemptible is never resized.
 */
public final class ElasticFifo implements SchedulingPolicy {

    private final long restNanos;
    private long lastNanos;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Running> running = new ArrayList<>();

    private static final class Running {
        private final int job;
        private long changedNanos;

        Running(int job, long nowNanos) {
            this.job = job;
            changedNanos = nowNanos;
        }
    }

    /**
     * @param restNanos for which a job is not grown after a start or a change; 0 or more
     */
    public ElasticFifo(long restNanos) {
        this.restNanos = restNanos;
    }

    @Override
    public String name() {
        return "elastic-fifo";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        waiting.add(job);
    }

    @Override
    public void requeued(SchedulingContext context, int job) {
        waiting.addFirst(job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        running.removeIf(other -> other.job == job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        lastNanos = context.nowNanos();
        while (!waiting.isEmpty() && startOrShrink(context, waiting.element())) {
            running.add(new Running(waiting.remove(), context.nowNanos()));
        }
        if (waiting.isEmpty()) {
            grow(context);
        }
    }

    private static JobSize size(SchedulingContext context, int job) {
        return context.job(job).traits().size();
    }

    private static int least(SchedulingContext context, int job) {
        return size(context, job).least(context.job(job).gpus());
    }

    private boolean startOrShrink(SchedulingContext context, int job) {
        int least = least(context, job);
        if (startOnPart(context, job, least) || context.start(job, least)) {
            return true;
        }
        if (context.freeGpus() + surplus(context) < least) {
            return false;
        }
        List<Running> byMost = new ArrayList<>(running);
        byMost.sort(Comparator.comparingInt(other -> least(context, other.job) - context.gpus(other.job)));
        for (Running other : byMost) {
            if (isElastic(context, other) && context.gpus(other.job) > least(context, other.job)) {
                resize(context, other, least(context, other.job));
                if (context.start(job, least)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean startOnPart(SchedulingContext context, int job, int least) {
        if (size(context, job).kind() != JobSize.Kind.MOLDABLE) {
            return false;
        }
        int most = size(context, job).most(context.job(job).gpus());
        for (int gpus = Math.min(most, context.freeGpus() / waiting.size()); gpus > least; gpus /= 2) {
            if (context.start(job, gpus)) {
                return true;
            }
        }
        return false;
    }

    private int surplus(SchedulingContext context) {
        return running.stream()
                .filter(other -> isElastic(context, other))
                .mapToInt(other -> context.gpus(other.job) - least(context, other.job))
                .sum();
    }

    /** Whether its size may change now: that is a stop and a start. */
    private static boolean isElastic(SchedulingContext context, Running other) {
        return size(context, other.job).kind() == JobSize.Kind.ELASTIC
                && context.job(other.job).traits().preemptible();
    }

    private static boolean resize(SchedulingContext context, Running other, int gpus) {
        boolean resized = context.resize(other.job, gpus);
        other.changedNanos = resized ? context.nowNanos() : other.changedNanos;
        return resized;
    }

    private void grow(SchedulingContext context) {
        List<Running> byFewest = new ArrayList<>(running);
        byFewest.sort(Comparator.comparingInt(other -> context.gpus(other.job)));
        for (Running other : byFewest) {
            int now = context.gpus(other.job);
            int most = Math.min(size(context, other.job).most(now), 2 * now);
            boolean rested = context.nowNanos() - other.changedNanos >= restNanos;
            if (isElastic(context, other) && rested && most > now && most - now <= context.freeGpus()) {
                resize(context, other, most);
            }
        }
    }

    @Override
    public long wakeUpNanos() {
        return waiting.isEmpty()
                ? running.stream()
                        .mapToLong(other -> other.changedNanos + restNanos)
                        .filter(nanos -> nanos > lastNanos)
                        .min()
                        .orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }
}
