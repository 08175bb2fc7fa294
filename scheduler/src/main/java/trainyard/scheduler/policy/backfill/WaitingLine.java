package trainyard.scheduler.policy.backfill;

import java.util.Arrays;
import trainyard.scheduler.policy.SchedulingContext;

/** Jobs that wait, the highest priority first, of equal ones the first that came. What a scan needs lies beside them. */
final class WaitingLine {

    private int[] jobs = new int[64];
    private int[] gpus = new int[64];
    private long[] limits = new long[64];
    private int[] priorities = new int[64];
    private int count;

    int count() {
        return count;
    }

    int job(int place) {
        return jobs[place];
    }

    int gpus(int place) {
        return gpus[place];
    }

    /** Run time that the owner says is left. */
    long limitNanos(int place) {
        return limits[place];
    }

    /** Adds a job and returns its place. */
    int add(SchedulingContext context, int job) {
        if (count == jobs.length) {
            jobs = Arrays.copyOf(jobs, 2 * count);
            gpus = Arrays.copyOf(gpus, 2 * count);
            limits = Arrays.copyOf(limits, 2 * count);
            priorities = Arrays.copyOf(priorities, 2 * count);
        }
        int priority = context.job(job).traits().priority();
        int at = count;
        while (at > 0 && (priorities[at - 1] < priority || priorities[at - 1] == priority && jobs[at - 1] > job)) {
            at--;
        }
        shift(at, at + 1);
        jobs[at] = job;
        gpus[at] = context.gpus(job);
        limits[at] = context.statedRemainingNanos(job);
        priorities[at] = priority;
        return at;
    }

    void remove(int place) {
        shift(place + 1, place);
    }

    private void shift(int from, int to) {
        System.arraycopy(jobs, from, jobs, to, count - from);
        System.arraycopy(gpus, from, gpus, to, count - from);
        System.arraycopy(limits, from, limits, to, count - from);
        System.arraycopy(priorities, from, priorities, to, count - from);
        count += to - from;
    }

    /** The place of a job; -1 if it does not wait. */
    int placeOf(int job) {
        for (int place = 0; place < count; place++) {
            if (jobs[place] == job) {
                return place;
            }
        }
        return -1;
    }
}
