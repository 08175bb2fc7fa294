package trainyard.scheduler.policy.backfill;

import java.util.Arrays;

/**
 * Free GPUs over time to come: a step function in two arrays. Step {@code i} lasts from its time to that of the next; the last
 * one for ever. Neighbours of equal height are one step.
 */
final class FreeProfile {

    private long[] times = new long[64];
    private int[] free = new int[64];
    private int count;

    /** One step for ever. */
    void reset(long nowNanos, int freeGpus) {
        times[0] = nowNanos;
        free[0] = freeGpus;
        count = 1;
    }

    /** Forgets what lies before a time that is not before the first step. */
    void advance(long nowNanos) {
        int at = stepAt(nowNanos);
        if (at > 0) {
            System.arraycopy(times, at, times, 0, count - at);
            System.arraycopy(free, at, free, 0, count - at);
            count -= at;
        }
        times[0] = nowNanos;
    }

    /** Adds GPUs, or takes them where negative, from one time to another; what lies before the first step is left out. */
    void add(long fromNanos, long toNanos, int gpus) {
        long from = Math.max(fromNanos, times[0]);
        if (toNanos <= from || gpus == 0) {
            return;
        }
        int first = split(from);
        int end = toNanos == Long.MAX_VALUE ? count : split(toNanos);
        for (int i = first; i < end; i++) {
            free[i] += gpus;
        }
        mergeAt(end);
        mergeAt(first);
    }

    /** The step that begins at a time; made if there is none. */
    private int split(long nanos) {
        int at = stepAt(nanos);
        if (times[at] == nanos) {
            return at;
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            free = Arrays.copyOf(free, 2 * count);
        }
        System.arraycopy(times, at + 1, times, at + 2, count - at - 1);
        System.arraycopy(free, at, free, at + 1, count - at);
        times[at + 1] = nanos;
        count++;
        return at + 1;
    }

    private void mergeAt(int step) {
        if (step > 0 && step < count && free[step - 1] == free[step]) {
            System.arraycopy(times, step + 1, times, step, count - step - 1);
            System.arraycopy(free, step + 1, free, step, count - step - 1);
            count--;
        }
    }

    private int stepAt(long nanos) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (times[middle] <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The first time from which so many GPUs are free for so long; {@link Long#MAX_VALUE} if there is none. */
    long earliest(int gpus, long forNanos) {
        long start = times[0];
        for (int i = 0; i < count; i++) {
            if (free[i] < gpus) {
                start = i + 1 < count ? times[i + 1] : Long.MAX_VALUE;
            } else if (i + 1 == count || times[i + 1] - start >= forNanos) {
                return start;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Whether so many GPUs are free at any moment before a time. */
    boolean everFreeBefore(int gpus, long nanos) {
        for (int i = 0; i < count && times[i] < nanos; i++) {
            if (free[i] >= gpus) {
                return true;
            }
        }
        return false;
    }
}
