package trainyard.scheduler.run;

import java.util.Arrays;
import trainyard.scheduler.cost.CheckpointCycle;
import trainyard.scheduler.cost.JobCosts;

/**
 * How far jobs are, in columns. A job that has GPUs waits for those who save on them, starts, loads, and then works in cycles of
 * work and checkpoints until it ends or is stopped; all of that follows from a few times, without an event for each.
 */
final class JobProgress {

    private static final long NEVER = -1;

    /** Work left when it last started, or since it was stopped. */
    private final long[] remaining;

    private final long[] startedAt;
    private final long[] beginAt;
    private final long[] loadAt;
    private final long[] workAt;
    /** When it stands still for good; {@link Long#MAX_VALUE} while it works. */
    private final long[] stillAt;

    private final long[] endAt;
    private final double[] rate;
    private final CheckpointCycle[] cycle;

    JobProgress(int count) {
        remaining = new long[count];
        startedAt = new long[count];
        Arrays.fill(startedAt, NEVER);
        beginAt = new long[count];
        loadAt = new long[count];
        workAt = new long[count];
        stillAt = new long[count];
        endAt = new long[count];
        rate = new double[count];
        cycle = new CheckpointCycle[count];
    }

    /** Work that it has yet to do, while it has no GPUs. */
    void setRemaining(int job, long nanos) {
        remaining[job] = nanos;
    }

    boolean isRunning(int job) {
        return startedAt[job] != NEVER;
    }

    /**
     * A job gets GPUs.
     *
     * @param beginNanos when nobody saves on them any more
     * @param loads whether it has a checkpoint to load
     * @param workPerNano speed
     */
    void start(int job, long nowNanos, long beginNanos, JobCosts costs, boolean loads, double workPerNano) {
        startedAt[job] = nowNanos;
        beginAt[job] = beginNanos;
        loadAt[job] = beginNanos + costs.startNanos();
        workAt[job] = loadAt[job] + (loads ? costs.loadNanos() : 0);
        stillAt[job] = Long.MAX_VALUE;
        rate[job] = workPerNano;
        cycle[job] = costs.cycle();
        foresee(job);
    }

    private void foresee(int job) {
        long work = remaining[job];
        long nanos = rate[job] == 1 ? work : (long) Math.ceil(work / rate[job]);
        endAt[job] = workAt[job] + cycle[job].timeFor(nanos);
    }

    /** When a job that runs ends if nothing happens. */
    long endNanos(int job) {
        return endAt[job];
    }

    /** Work that it has left, as time on its GPUs; of a job that runs, time until it ends if nothing happens. */
    long remainingNanos(int job, long nowNanos) {
        return isRunning(job) ? Math.max(0, endAt[job] - nowNanos) : remaining[job];
    }

    /** Work that it has left. */
    long workLeft(int job, long nowNanos) {
        return isRunning(job) ? remaining[job] - work(job, workingNanos(job, nowNanos)) : remaining[job];
    }

    private long work(int job, long nanos) {
        return rate[job] == 1 ? nanos : Math.min(remaining[job], (long) (nanos * rate[job]));
    }

    /** Time in cycles of work and checkpoints since it started. */
    long cycleNanos(int job, long nowNanos) {
        return Math.max(0, Math.min(nowNanos, stillAt[job]) - workAt[job]);
    }

    /** Time for which it has worked since it started. */
    long workingNanos(int job, long nowNanos) {
        return cycle[job].work(cycleNanos(job, nowNanos));
    }

    /** Of that, the time whose work a finished checkpoint holds. */
    long savedNanos(int job, long nowNanos) {
        return cycle[job].saved(cycleNanos(job, nowNanos));
    }

    /** Whether it has done work since it started that no checkpoint holds. */
    boolean hasUnsaved(int job, long nowNanos) {
        return workingNanos(job, nowNanos) > savedNanos(job, nowNanos);
    }

    /** From now on it stands still. */
    void standStill(int job, long nanos) {
        stillAt[job] = Math.min(stillAt[job], nanos);
    }

    /** Takes its GPUs away; it keeps all its work or what its last checkpoint holds. */
    void stop(int job, long nowNanos, boolean keepsAll) {
        long kept = keepsAll ? workingNanos(job, nowNanos) : savedNanos(job, nowNanos);
        remaining[job] -= work(job, kept);
        startedAt[job] = NEVER;
    }

    /** Makes the work longer that a job which runs has left. */
    void setBack(int job, long nanos) {
        remaining[job] += nanos;
        foresee(job);
    }

    long startedAt(int job) {
        return startedAt[job];
    }

    long beginAt(int job) {
        return beginAt[job];
    }

    long loadAt(int job) {
        return loadAt[job];
    }

    long workAt(int job) {
        return workAt[job];
    }

    long stillAt(int job) {
        return stillAt[job];
    }

    /** Work a second. */
    double rate(int job) {
        return rate[job];
    }
}
