package trainyard.scheduler.policy.backfill;

import java.util.Arrays;
import trainyard.scheduler.policy.SchedulingContext;

/**
 * Running jobs by the end that their owners state: a heap. A job that ends or stops stays in it until its turn comes or half of
 * the heap is such jobs; {@link #gpusFreeBy} steps over it.
 */
final class StatedEnds {

    private static final long ENDED = 0;

    private long[] ends = new long[64];
    private int[] jobs = new int[64];
    /** Each entry has a number of its own: a job that moves may have two of one end. */
    private long[] entries = new long[64];

    private int size;
    private long lastEntry;
    /** By job: the number of its entry while it runs. */
    private long[] entryOf = new long[64];

    private int running;
    /** Places of the heap that a walk has reached but not taken; the first is the least. */
    private int[] frontier = new int[64];

    private int reached;
    private long shadowNanos;

    /** A job has started. */
    void started(SchedulingContext context, int job) {
        if (job >= entryOf.length) {
            entryOf = Arrays.copyOf(entryOf, Math.max(job + 1, 2 * entryOf.length));
        }
        running++;
        push(saturated(context.nowNanos(), context.statedRemainingNanos(job)), job);
    }

    /** Starts a job where so many GPUs are free, and takes it out of the line. */
    boolean start(SchedulingContext context, WaitingLine line, int place) {
        int job = line.job(place);
        if (line.gpus(place) > context.freeGpus() || !context.start(job)) {
            return false;
        }
        line.remove(place);
        started(context, job);
        return true;
    }

    static long saturated(long nanos, long more) {
        return more > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + more;
    }

    /** A job has ended or stopped. */
    void ended(int job) {
        entryOf[job] = ENDED;
        running--;
        if (size > 64 && size > 2 * running) {
            clean();
        }
    }

    /** Is told of a job that got another stated end. */
    interface EndChange {
        void changed(int job, long endNanos);
    }

    /** Lets jobs that have outlived their stated end be about to end. */
    void extendOverdue(long nowNanos, EndChange change) {
        while (size > 0 && ends[0] <= nowNanos) {
            int job = jobs[0];
            boolean live = isLive(0);
            pop();
            if (live) {
                push(nowNanos + 1, job);
                change.changed(job, nowNanos + 1);
            }
        }
    }

    private void clean() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (isLive(i)) {
                copy(i, kept++);
            }
        }
        size = kept;
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i, ends[i], jobs[i], entries[i]);
        }
    }

    private boolean isLive(int place) {
        return entryOf[jobs[place]] == entries[place];
    }

    /**
     * Walks over the next stated ends, all of one moment together, until so many GPUs are free beside those that are free now.
     *
     * A job that has outlived its stated end counts as about to end.
     *
     * @return the GPUs that are free then; when that is, {@link #shadowNanos} tells
     */
    int gpusFreeBy(SchedulingContext context, int wanted) {
        while (size > 0 && !isLive(0)) {
            pop();
        }
        int free = context.freeGpus();
        shadowNanos = context.nowNanos();
        reached = 0;
        if (size > 0) {
            reach(0);
        }
        while (reached > 0 && (free < wanted || ends[frontier[0]] <= shadowNanos)) {
            int place = takeLeast();
            if (isLive(place)) {
                free += context.gpus(jobs[place]);
                shadowNanos = Math.max(shadowNanos, Math.max(ends[place], context.nowNanos() + 1));
            }
            if (2 * place + 1 < size) {
                reach(2 * place + 1);
            }
            if (2 * place + 2 < size) {
                reach(2 * place + 2);
            }
        }
        return free;
    }

    /** When the GPUs of the last walk are free. */
    long shadowNanos() {
        return shadowNanos;
    }

    /**
     * Writes all running jobs into a profile that holds the free GPUs of now.
     *
     * @param gridNanos to which the time until an end is rounded up
     */
    void fill(SchedulingContext context, FreeProfile profile, long gridNanos) {
        long now = context.nowNanos();
        for (int i = 0; i < size; i++) {
            if (isLive(i)) {
                long left = Math.max(ends[i] - now, 1);
                long grids = left / gridNanos + (left % gridNanos == 0 ? 0 : 1);
                profile.add(saturated(now, grids * gridNanos), Long.MAX_VALUE, context.gpus(jobs[i]));
            }
        }
    }

    private void reach(int place) {
        if (reached == frontier.length) {
            frontier = Arrays.copyOf(frontier, 2 * reached);
        }
        int hole = reached++;
        while (hole > 0 && isBefore(place, frontier[(hole - 1) / 2])) {
            frontier[hole] = frontier[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        frontier[hole] = place;
    }

    private int takeLeast() {
        int least = frontier[0];
        int last = frontier[--reached];
        int hole = 0;
        for (int child = 1; child < reached; child = 2 * hole + 1) {
            if (child + 1 < reached && isBefore(frontier[child + 1], frontier[child])) {
                child++;
            }
            if (isBefore(last, frontier[child])) {
                break;
            }
            frontier[hole] = frontier[child];
            hole = child;
        }
        frontier[hole] = last;
        return least;
    }

    private boolean isBefore(int place, int other) {
        return ends[place] < ends[other] || ends[place] == ends[other] && jobs[place] < jobs[other];
    }

    private void push(long end, int job) {
        if (size == jobs.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            jobs = Arrays.copyOf(jobs, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && end < ends[(hole - 1) / 2]) {
            copy((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        entryOf[job] = ++lastEntry;
        put(hole, end, job, lastEntry);
    }

    private void copy(int from, int to) {
        put(to, ends[from], jobs[from], entries[from]);
    }

    private void put(int place, long end, int job, long entry) {
        ends[place] = end;
        jobs[place] = job;
        entries[place] = entry;
    }

    private void pop() {
        size--;
        sink(0, ends[size], jobs[size], entries[size]);
    }

    private void sink(int from, long end, int job, long entry) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && ends[child + 1] < ends[child]) {
                child++;
            }
            if (end <= ends[child]) {
                break;
            }
            copy(child, hole);
            hole = child;
        }
        put(hole, end, job, entry);
    }
}
