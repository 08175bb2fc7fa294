package trainyard.scheduler.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Jobs that wait, in the order of a key, with one queue for each number of GPUs and each kind of needs. A walk in order looks only at sizes
 * that may still fit, so its cost grows with what it starts and with the number of different sizes, not with what waits.
 */
public final class WaitingJobs {

    /** A job that is not there. */
    public static final int NONE = -1;

    /** Ascending by size. */
    private SizeQueue[] queues = new SizeQueue[0];

    private int size;
    private long gpus;
    /** The answer to who is first, and the GPUs for which it was asked; negative where it has to be looked for again. */
    private SizeQueue first;

    private int firstOf = -1;

    /** Jobs of one size and type; closed for the present walk once one of them found no place. */
    private static final class SizeQueue {
        private final int gpus;
        private final int type;
        private final JobHeap jobs = new JobHeap();
        private boolean closed;

        SizeQueue(int gpus, int type) {
            this.gpus = gpus;
            this.type = type;
        }

        boolean isBehind(int otherGpus, int otherType) {
            return gpus > otherGpus || gpus == otherGpus && type >= otherType;
        }

        boolean isBefore(SizeQueue other) {
            return jobs.firstKey() < other.jobs.firstKey()
                    || jobs.firstKey() == other.jobs.firstKey() && jobs.first() < other.jobs.first();
        }
    }

    /**
     * Jobs that are alike.
     *
     * @param gpus of each
     * @param jobs how many, at least 1
     * @param first of them
     */
    public record Alike(int gpus, int jobs, int first) {}

    /** Those that wait by size and needs, the widest first. */
    public List<Alike> widestFirst() {
        List<Alike> all = new ArrayList<>();
        for (int i = queues.length - 1; i >= 0; i--) {
            if (!queues[i].jobs.isEmpty()) {
                all.add(new Alike(queues[i].gpus, queues[i].jobs.size(), queues[i].jobs.first()));
            }
        }
        return all;
    }

    public int size() {
        return size;
    }

    /** GPUs that all of them want together. */
    public long gpus() {
        return gpus;
    }

    public void add(SchedulingContext context, long key, int job) {
        SizeQueue queue = queue(context, job);
        queue.jobs.add(key, job);
        gpus += queue.gpus;
        size++;
        if (queue.gpus <= firstOf) {
            firstOf = -1;
        }
    }

    private SizeQueue queue(SchedulingContext context, int job) {
        int gpusOfJob = context.gpus(job);
        int type = context.kind(job);
        int at = 0;
        while (at < queues.length && !queues[at].isBehind(gpusOfJob, type)) {
            at++;
        }
        if (at == queues.length || queues[at].gpus != gpusOfJob || queues[at].type != type) {
            SizeQueue[] more = Arrays.copyOf(queues, queues.length + 1);
            System.arraycopy(queues, at, more, at + 1, queues.length - at);
            more[at] = new SizeQueue(gpusOfJob, type);
            queues = more;
        }
        return queues[at];
    }

    /** Begins a walk: every size is looked at again. */
    public void beginWalk() {
        for (SizeQueue queue : queues) {
            queue.closed = false;
        }
        firstOf = -1;
    }

    /** Leaves out the jobs of the size and type of one for the rest of the walk. */
    public void close(SchedulingContext context, int job) {
        queue(context, job).closed = true;
        firstOf = -1;
    }

    /** The first job with at most so many GPUs; {@link #NONE} if there is none. */
    public int first(int atMostGpus) {
        SizeQueue queue = firstQueue(atMostGpus);
        return queue == null ? NONE : queue.jobs.first();
    }

    /** The key of the first job with at most so many GPUs; {@link Long#MAX_VALUE} if there is none. */
    public long firstKey(int atMostGpus) {
        SizeQueue queue = firstQueue(atMostGpus);
        return queue == null ? Long.MAX_VALUE : queue.jobs.firstKey();
    }

    /** Takes the first job with at most so many GPUs out; {@link #NONE} if there is none. */
    public int remove(int atMostGpus) {
        SizeQueue queue = firstQueue(atMostGpus);
        if (queue == null) {
            return NONE;
        }
        size--;
        gpus -= queue.gpus;
        firstOf = -1;
        return queue.jobs.remove();
    }

    /** Takes a job out, wherever it is. */
    public void take(SchedulingContext context, int job) {
        SizeQueue queue = queue(context, job);
        queue.jobs.remove(job);
        gpus -= queue.gpus;
        size--;
        firstOf = -1;
    }

    private SizeQueue firstQueue(int atMostGpus) {
        // With fewer GPUs the first job stays the first as long as it fits.
        if (atMostGpus > firstOf || first != null && first.gpus > atMostGpus) {
            first = findFirst(atMostGpus);
            firstOf = atMostGpus;
        }
        return first;
    }

    private SizeQueue findFirst(int atMostGpus) {
        SizeQueue found = null;
        for (SizeQueue queue : queues) {
            if (queue.gpus > atMostGpus) {
                break;
            }
            if (!queue.closed && !queue.jobs.isEmpty() && (found == null || queue.isBefore(found))) {
                found = queue;
            }
        }
        return found;
    }
}
