package trainyard.scheduler.policy;

import java.util.Arrays;

/** Jobs in a row, each with a key. Holds primitives only. */
public final class JobRow {

    private long[] keys = new long[16];
    private int[] jobs = new int[16];
    private int count;

    public int count() {
        return count;
    }

    public int job(int index) {
        return jobs[index];
    }

    public long key(int index) {
        return keys[index];
    }

    public void setKey(int index, long key) {
        keys[index] = key;
    }

    public void clear() {
        count = 0;
    }

    public void add(long key, int job) {
        if (count == jobs.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            jobs = Arrays.copyOf(jobs, 2 * count);
        }
        keys[count] = key;
        jobs[count++] = job;
    }

    /** Takes a job out; those behind it move up. */
    public void remove(int job) {
        int at = 0;
        while (jobs[at] != job) {
            at++;
        }
        count--;
        System.arraycopy(jobs, at + 1, jobs, at, count - at);
        System.arraycopy(keys, at + 1, keys, at, count - at);
    }

    /** Adds a job to a sorted row in its place. */
    public void insert(long key, int job) {
        add(key, job);
        sink(count - 1);
    }

    /** Sorts by key, equal ones by index of the job; quick where the order is nearly right. */
    public void sort() {
        for (int i = 1; i < count; i++) {
            sink(i);
        }
    }

    private void sink(int from) {
        long key = keys[from];
        int job = jobs[from];
        int at = from;
        while (at > 0 && (keys[at - 1] > key || keys[at - 1] == key && jobs[at - 1] > job)) {
            keys[at] = keys[at - 1];
            jobs[at] = jobs[at - 1];
            at--;
        }
        keys[at] = key;
        jobs[at] = job;
    }

    /** In a sorted row, the first place of a job behind one of a key and number. */
    public int firstAbove(long key, int job) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key || keys[middle] == key && jobs[middle] < job) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Overwrites a place. */
    public void put(int index, long key, int job) {
        keys[index] = key;
        jobs[index] = job;
    }

    /** Leaves only the first jobs. */
    public void cut(int newCount) {
        count = newCount;
    }
}
