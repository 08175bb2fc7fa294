package trainyard.scheduler.policy;

import java.util.Arrays;

/**
 * Jobs that wait, in the order of a key, with one queue for each number of GPUs. A walk in order looks only at sizes that
 * may still fit, so its cost grows with what it starts and with the number of different sizes, not with what waits.
 */
public final class WaitingJobs {

    /** A job that is not there. */
    public static final int NONE = -1;

    /** Ascending by size. */
    private SizeQueue[] queues = new SizeQueue[0];

    private int size;
    private long gpus;

    /** Jobs of one size; closed for the present walk once one of them found no place. */
    private static final class SizeQueue {
        private final int gpus;
        private final JobHeap jobs = new JobHeap();
        private boolean closed;

        SizeQueue(int gpus) {
            this.gpus = gpus;
        }

        boolean isBefore(SizeQueue other) {
            return jobs.firstKey() < other.jobs.firstKey()
                    || jobs.firstKey() == other.jobs.firstKey() && jobs.first() < other.jobs.first();
        }
    }

    public int size() {
        return size;
    }

    /** GPUs that all of them want together. */
    public long gpus() {
        return gpus;
    }

    public void add(long key, int job, int gpusOfJob) {
        queue(gpusOfJob).jobs.add(key, job);
        gpus += gpusOfJob;
        size++;
    }

    private SizeQueue queue(int gpusOfJob) {
        int at = 0;
        while (at < queues.length && queues[at].gpus < gpusOfJob) {
            at++;
        }
        if (at == queues.length || queues[at].gpus != gpusOfJob) {
            SizeQueue[] more = Arrays.copyOf(queues, queues.length + 1);
            System.arraycopy(queues, at, more, at + 1, queues.length - at);
            more[at] = new SizeQueue(gpusOfJob);
            queues = more;
        }
        return queues[at];
    }

    /** Begins a walk: every size is looked at again. */
    public void beginWalk() {
        for (SizeQueue queue : queues) {
            queue.closed = false;
        }
    }

    /** Leaves out the jobs of a size for the rest of the walk. */
    public void close(int gpusOfJob) {
        queue(gpusOfJob).closed = true;
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
        return queue.jobs.remove();
    }

    /** Takes a job out, wherever it is. */
    public void take(int job, int gpusOfJob) {
        queue(gpusOfJob).jobs.remove(job);
        gpus -= gpusOfJob;
        size--;
    }

    private SizeQueue firstQueue(int atMostGpus) {
        SizeQueue first = null;
        for (SizeQueue queue : queues) {
            if (queue.gpus > atMostGpus) {
                break;
            }
            if (!queue.closed && !queue.jobs.isEmpty() && (first == null || queue.isBefore(first))) {
                first = queue;
            }
        }
        return first;
    }
}
