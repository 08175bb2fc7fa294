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
    public void arrived(Desk desk, int job) {
        waiting.add(job);
    }

    @Override
    public void requeued(Desk desk, int job) {
        waiting.addFirst(job);
    }

    @Override
    public void ended(Desk desk, int job) {
        running.removeIf(other -> other.job == job);
    }

    @Override
    public void schedule(Desk desk) {
        lastNanos = desk.nowNanos();
        while (!waiting.isEmpty() && startOrShrink(desk, waiting.element())) {
            running.add(new Running(waiting.remove(), desk.nowNanos()));
        }
        if (waiting.isEmpty()) {
            grow(desk);
        }
    }

    private static JobSize size(Desk desk, int job) {
        return desk.job(job).traits().size();
    }

    private static int least(Desk desk, int job) {
        return size(desk, job).least(desk.job(job).gpus());
    }

    private boolean startOrShrink(Desk desk, int job) {
        int least = least(desk, job);
        if (startOnPart(desk, job, least) || desk.start(job, least)) {
            return true;
        }
        if (desk.freeGpus() + surplus(desk) < least) {
            return false;
        }
        List<Running> byMost = new ArrayList<>(running);
        byMost.sort(Comparator.comparingInt(other -> least(desk, other.job) - desk.gpus(other.job)));
        for (Running other : byMost) {
            if (isElastic(desk, other) && desk.gpus(other.job) > least(desk, other.job)) {
                resize(desk, other, least(desk, other.job));
                if (desk.start(job, least)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean startOnPart(Desk desk, int job, int least) {
        if (size(desk, job).kind() != JobSize.Kind.MOLDABLE) {
            return false;
        }
        int most = size(desk, job).most(desk.job(job).gpus());
        for (int gpus = Math.min(most, desk.freeGpus() / waiting.size()); gpus > least; gpus /= 2) {
            if (desk.start(job, gpus)) {
                return true;
            }
        }
        return false;
    }

    private int surplus(Desk desk) {
        return running.stream()
                .filter(other -> isElastic(desk, other))
                .mapToInt(other -> desk.gpus(other.job) - least(desk, other.job))
                .sum();
    }

    /** Whether its size may change now: that is a stop and a start. */
    private static boolean isElastic(Desk desk, Running other) {
        return size(desk, other.job).kind() == JobSize.Kind.ELASTIC
                && desk.job(other.job).traits().preemptible();
    }

    private static boolean resize(Desk desk, Running other, int gpus) {
        boolean resized = desk.resize(other.job, gpus);
        other.changedNanos = resized ? desk.nowNanos() : other.changedNanos;
        return resized;
    }

    private void grow(Desk desk) {
        List<Running> byFewest = new ArrayList<>(running);
        byFewest.sort(Comparator.comparingInt(other -> desk.gpus(other.job)));
        for (Running other : byFewest) {
            int now = desk.gpus(other.job);
            int most = Math.min(size(desk, other.job).most(now), 2 * now);
            boolean rested = desk.nowNanos() - other.changedNanos >= restNanos;
            if (isElastic(desk, other) && rested && most > now && most - now <= desk.freeGpus()) {
                resize(desk, other, most);
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
