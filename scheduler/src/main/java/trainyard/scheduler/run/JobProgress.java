package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.speed.WorkPace;

/**
 * How far jobs are, in columns. A job that has GPUs waits for those who save on them, starts, loads, and then works in cycles of
 * work and checkpoints until it ends or is stopped; all of that follows from a few times, without an event for each.
 */
final class JobProgress {

    private static final long NEVER = -1;

    // One row for each job, as long as a line of the cache: a job that starts or stops touches all of it.
    private static final int ROW = 8;
    /** Work left when it last started, or since it was stopped. */
    private static final int REMAINING = 0;

    private static final int STARTED = 1;
    private static final int BEGIN = 2;
    private static final int LOAD = 3;
    private static final int WORK = 4;
    /** When it stands still for good; {@link Long#MAX_VALUE} while it works. */
    private static final int STILL = 5;

    private static final int END = 6;
    /** The bits of a double. */
    private static final int RATE = 7;

    private final long[] rows;
    /** Work of each job that it did and lost. */
    private final long[] lost;

    private final CheckpointCycle[] cycle;
    /** Of jobs that run and whose speed changes as their work gets on; nothing for others. */
    private final WorkPace[] pace;
    /** Jobs with work that no checkpoint held when they were settled last. */
    private final BitSet unsaved = new BitSet();

    /** None of the jobs has begun. */
    JobProgress(List<ClusterJob> jobs) {
        int count = jobs.size();
        rows = new long[Math.multiplyExact(count, ROW)];
        lost = new long[count];
        cycle = new CheckpointCycle[count];
        pace = new WorkPace[count];
        for (int job = 0; job < count; job++) {
            set(job, REMAINING, jobs.get(job).runNanos());
            set(job, STARTED, NEVER);
        }
    }

    private long get(int job, int column) {
        return rows[job * ROW + column];
    }

    private void set(int job, int column, long value) {
        rows[job * ROW + column] = value;
    }

    /** Work that it has yet to do, while it has no GPUs. */
    void setRemaining(int job, long nanos) {
        lost[job] += Math.max(0, nanos - get(job, REMAINING));
        set(job, REMAINING, nanos);
    }

    boolean isRunning(int job) {
        return get(job, STARTED) != NEVER;
    }

    /**
     * A job gets GPUs.
     *
     * @param beginNanos when nobody saves on them any more
     * @param loads whether it has a checkpoint to load
     * @param speed as its work gets on
     */
    void start(int job, long nowNanos, long beginNanos, JobCosts costs, boolean loads, WorkPace speed) {
        unsaved.clear(job);
        set(job, STARTED, nowNanos);
        set(job, BEGIN, beginNanos);
        set(job, LOAD, beginNanos + costs.startNanos());
        set(job, WORK, get(job, LOAD) + (loads ? costs.loadNanos() : 0));
        set(job, STILL, Long.MAX_VALUE);
        set(job, RATE, Double.doubleToRawLongBits(speed.first()));
        pace[job] = speed.isConstant() ? null : speed;
        cycle[job] = costs.cycle();
        foresee(job);
    }

    private void foresee(int job) {
        long work = get(job, REMAINING);
        long nanos = rate(job) == 1 && pace[job] == null ? work : foreseenNanos(job, work);
        set(job, END, get(job, WORK) + cycle[job].timeFor(nanos));
    }

    private long foreseenNanos(int job, long work) {
        return pace[job] == null ? (long) Math.ceil(work / rate(job)) : pace[job].nanos(work, work);
    }

    /** When a job that runs ends if nothing happens. */
    long endNanos(int job) {
        return get(job, END);
    }

    /** Work that it has left, as time on its GPUs; of a job that runs, time until it ends if nothing happens. */
    long remainingNanos(int job, long nowNanos) {
        return isRunning(job) ? Math.max(0, get(job, END) - nowNanos) : get(job, REMAINING);
    }

    /** Work that it has left. */
    long workLeft(int job, long nowNanos) {
        return isRunning(job) ? get(job, REMAINING) - work(job, workingNanos(job, nowNanos)) : get(job, REMAINING);
    }

    /** Work that it has done and lost so far, since no checkpoint held it. */
    long lostWork(int job) {
        return lost[job];
    }

    private long work(int job, long nanos) {
        if (pace[job] != null) {
            return pace[job].work(get(job, REMAINING), nanos);
        }
        return rate(job) == 1 ? nanos : Math.min(get(job, REMAINING), (long) (nanos * rate(job)));
    }

    /** Time in cycles of work and checkpoints since it started. */
    long cycleNanos(int job, long nowNanos) {
        return Math.max(0, Math.min(nowNanos, get(job, STILL)) - get(job, WORK));
    }

    /** Time for which it has worked since it started. */
    long workingNanos(int job, long nowNanos) {
        return cycle[job].work(cycleNanos(job, nowNanos));
    }

    /**
     * Time until a job that runs has done so much more work; {@link Long#MAX_VALUE} if it ends or stands still before.
     *
     * @param moreNanos above 0
     */
    long untilWorkedNanos(int job, long moreNanos, long nowNanos) {
        long done = work(job, workingNanos(job, nowNanos));
        if (moreNanos > get(job, REMAINING) - done) {
            return Long.MAX_VALUE;
        }
        long at = get(job, WORK) + cycle[job].timeFor(nanosForWork(job, done + moreNanos));
        return at > get(job, STILL) ? Long.MAX_VALUE : at - nowNanos;
    }

    /** The shortest time in which so much work is done at the speed of a job. */
    private long nanosForWork(int job, long work) {
        if (pace[job] != null) {
            return pace[job].nanos(get(job, REMAINING), work);
        }
        if (rate(job) == 1) {
            return work;
        }
        long nanos = (long) Math.ceil(work / rate(job));
        return work(job, nanos) < work ? nanos + 1 : nanos;
    }

    /** Of that, the time whose work a finished checkpoint holds. */
    long savedNanos(int job, long nowNanos) {
        return cycle[job].saved(cycleNanos(job, nowNanos));
    }

    /** Time since it started in which it loaded or wrote a checkpoint. */
    long transferNanos(int job, long nowNanos) {
        long loading = Math.min(nowNanos, get(job, WORK)) - Math.min(nowNanos, get(job, LOAD));
        return loading + cycleNanos(job, nowNanos) - workingNanos(job, nowNanos);
    }

    /** Whether it has done work since it started that no checkpoint holds. */
    boolean hasUnsaved(int job, long nowNanos) {
        long saved = savedNanos(job, nowNanos);
        return workingNanos(job, nowNanos) > saved || saved == 0 && unsaved.get(job);
    }

    /** Whether a job that runs stands still for good. */
    boolean isHanging(int job) {
        return get(job, STILL) < Long.MAX_VALUE;
    }

    /** From now on it stands still. */
    void standStill(int job, long nanos) {
        set(job, STILL, Math.min(get(job, STILL), nanos));
    }

    /** A job that has just started waits less for those who save on its GPUs, and starts, loads and works so much earlier. */
    void beginEarlier(int job, long beginNanos, long nanos) {
        set(job, BEGIN, beginNanos);
        set(job, LOAD, get(job, LOAD) - nanos);
        set(job, WORK, get(job, WORK) - nanos);
        foresee(job);
    }

    /** How far a job was at a moment. */
    record Moment(long[] row, long lost, CheckpointCycle cycle, WorkPace pace) {}

    Moment moment(int job) {
        return new Moment(Arrays.copyOfRange(rows, job * ROW, (job + 1) * ROW), lost[job], cycle[job], pace[job]);
    }

    /** A job goes on as it was. */
    void restore(int job, Moment moment) {
        System.arraycopy(moment.row(), 0, rows, job * ROW, ROW);
        lost[job] = moment.lost();
        cycle[job] = moment.cycle();
        pace[job] = moment.pace();
    }

    /**
     * Begins to count anew for a job that runs: it has the work left that it has now, and goes on with what it was at. Its work so far counts
     * as kept, and its next checkpoint comes a whole interval from now.
     */
    void settle(int job, long nowNanos) {
        unsaved.set(job, hasUnsaved(job, nowNanos));
        set(job, REMAINING, workLeft(job, nowNanos));
        for (int time : new int[] {STARTED, BEGIN, LOAD, WORK}) {
            set(job, time, Math.max(get(job, time), nowNanos));
        }
        foresee(job);
    }

    /** Another speed for a job that has just been settled. */
    void setPace(int job, WorkPace speed) {
        set(job, RATE, Double.doubleToRawLongBits(speed.first()));
        pace[job] = speed.isConstant() ? null : speed;
        foresee(job);
    }

    /** Takes its GPUs away; it keeps all its work or what its last checkpoint holds. */
    void stop(int job, long nowNanos, boolean keepsAll) {
        long kept = keepsAll ? workingNanos(job, nowNanos) : savedNanos(job, nowNanos);
        lost[job] += work(job, workingNanos(job, nowNanos)) - work(job, kept);
        set(job, REMAINING, get(job, REMAINING) - work(job, kept));
        set(job, STARTED, NEVER);
    }

    /** Makes the work longer that a job which runs has left. */
    void setBack(int job, long nanos) {
        set(job, REMAINING, get(job, REMAINING) + nanos);
        foresee(job);
    }

    long startedAt(int job) {
        return get(job, STARTED);
    }

    long beginAt(int job) {
        return get(job, BEGIN);
    }

    long loadAt(int job) {
        return get(job, LOAD);
    }

    long workAt(int job) {
        return get(job, WORK);
    }

    long stillAt(int job) {
        return get(job, STILL);
    }

    /** Work a second in the mean over so much time of work since it started. */
    double meanRate(int job, long nanos) {
        return pace[job] == null || nanos == 0 ? rate(job) : work(job, nanos) / (double) nanos;
    }

    /** Work a second at its start. */
    private double rate(int job) {
        return Double.longBitsToDouble(get(job, RATE));
    }
}
