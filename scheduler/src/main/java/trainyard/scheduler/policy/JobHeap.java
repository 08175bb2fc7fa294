package trainyard.scheduler.policy;

import java.util.Arrays;

/** Jobs by a key, the smallest first; of equal keys the job of the lowest index. Holds primitives only. */
final class JobHeap {

    private long[] keys = new long[16];
    private int[] jobs = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The key of the first job. */
    long firstKey() {
        return keys[0];
    }

    /** The first job. */
    int first() {
        return jobs[0];
    }

    void add(long key, int job) {
        if (size == jobs.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            jobs = Arrays.copyOf(jobs, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && isBefore(key, job, (hole - 1) / 2)) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        keys[hole] = key;
        jobs[hole] = job;
    }

    /** Takes the first job out. */
    int remove() {
        int first = jobs[0];
        size--;
        sink(0, keys[size], jobs[size]);
        return first;
    }

    /** Takes a job out, wherever it is; looks at all. */
    void remove(int job) {
        int at = 0;
        while (jobs[at] != job) {
            at++;
        }
        size--;
        if (at < size) {
            long key = keys[size];
            int last = jobs[size];
            while (at > 0 && isBefore(key, last, (at - 1) / 2)) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            sink(at, key, last);
        }
    }

    private void sink(int from, long key, int job) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(keys[child + 1], jobs[child + 1], child)) {
                child++;
            }
            if (isBefore(key, job, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        keys[hole] = key;
        jobs[hole] = job;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        jobs[to] = jobs[from];
    }

    private boolean isBefore(long key, int job, int other) {
        return key < keys[other] || key == keys[other] && job < jobs[other];
    }
}
