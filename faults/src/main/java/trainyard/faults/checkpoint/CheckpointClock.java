package trainyard.faults.checkpoint;

import java.util.OptionalLong;

/**
 * How far a run has come that does nothing but steps and snapshots, as a function of the time since its start.
 *
 * <p>A snapshot of ordinal o is taken when o x interval steps are done. The run stands still for the levels that are due,
 * one after the other. A level that saves in the background has one save in flight: where the next snapshot comes before
 * the last one is safe, the run waits for it, so the stall of such a level is
 * {@code stall + max(0, persist - every x interval x step)}.
 *
 * <p>The levels are due in a pattern that repeats, so everything is found by division and a search within one pattern:
 * the cost does not depend on how long the run lasts.
 */
public final class CheckpointClock {

    private static final double NANOS_LIMIT = 0x1p62;

    private final CheckpointPlan plan;
    private final long startStep;
    private final long stepNanos;
    /** Stalls of the first i snapshots of a pattern, for i from 0 to its length. */
    private final long[] stalls;

    /**
     * @param startStep steps done when the run starts, 0 or more
     * @param stepNanos time of a step, above 0
     */
    public CheckpointClock(CheckpointPlan plan, long startStep, long stepNanos) {
        if (startStep < 0 || stepNanos < 1) {
            throw new IllegalArgumentException(
                    "a run needs a start of at least 0 and steps above 0 ns, got " + startStep + " and " + stepNanos);
        }
        this.plan = plan;
        this.startStep = startStep;
        this.stepNanos = stepNanos;
        stalls = new long[plan.pattern() + 1];
        for (int i = 1; i < stalls.length; i++) {
            stalls[i] = stalls[i - 1] + stallNanos(i);
        }
    }

    private long stallNanos(long ordinal) {
        long nanos = 0;
        for (CheckpointLevel level : plan.levels()) {
            if (ordinal % level.every() == 0) {
                nanos += level.stallNanos() + waitForLast(level);
            }
        }
        return nanos;
    }

    private long waitForLast(CheckpointLevel level) {
        return Math.max(0, level.persistNanos() - Math.multiplyExact(level.every() * plan.intervalSteps(), stepNanos));
    }

    /** Stalls of all snapshots up to an ordinal, from the first step of the job on. */
    private long stallsUntil(long ordinal) {
        int pattern = stalls.length - 1;
        return Math.addExact(Math.multiplyExact(ordinal / pattern, stalls[pattern]), stalls[(int) (ordinal % pattern)]);
    }

    private long startOrdinal() {
        return startStep / plan.intervalSteps();
    }

    /** Time until a snapshot is taken and the run goes on. */
    private long endOf(long ordinal) {
        long work = Math.multiplyExact(ordinal * plan.intervalSteps() - startStep, stepNanos);
        return work + stallsUntil(ordinal) - stallsUntil(startOrdinal());
    }

    /** The last snapshot after which the run has gone on by a time; that of the start where there is none. */
    private long lastOrdinal(long nanos) {
        if (plan.levels().isEmpty()) {
            return startOrdinal();
        }
        long low = startOrdinal();
        int pattern = stalls.length - 1;
        long patternNanos =
                Math.addExact(Math.multiplyExact(pattern * plan.intervalSteps(), stepNanos), stalls[pattern]);
        long high = low + pattern * (nanos / patternNanos + 2);
        return lastWithin(nanos, low, high, 1);
    }

    /** The last ordinal of {@code low, low + stride, ...} whose end is within a time, at most {@code high}; else {@code low}. */
    private long lastWithin(long nanos, long low, long high, long stride) {
        long first = 0;
        long last = (high - low) / stride;
        while (first < last) {
            long middle = first + (last - first + 1) / 2;
            if (endOf(low + middle * stride) <= nanos) {
                first = middle;
            } else {
                last = middle - 1;
            }
        }
        return low + first * stride;
    }

    /**
     * What a run has done by a time.
     *
     * @param steps finished steps, counted from the first step of the job
     * @param workNanos time of this run spent on steps, the unfinished one included
     * @param stallNanos time of this run spent on snapshots
     */
    public record Progress(long steps, long workNanos, long stallNanos) {}

    /**
     * How far the run is.
     *
     * @param nanos time since its start, 0 or more
     */
    public Progress at(long nanos) {
        long ordinal = lastOrdinal(nanos);
        boolean before = ordinal == startOrdinal();
        long from = before ? startStep : ordinal * plan.intervalSteps();
        long since = before ? nanos : nanos - endOf(ordinal);
        long limit = plan.levels().isEmpty()
                ? Long.MAX_VALUE
                : Math.multiplyExact((ordinal + 1) * plan.intervalSteps() - from, stepNanos);
        long work = Math.min(since, limit);
        long stallsBefore = before ? 0 : stallsUntil(ordinal) - stallsUntil(startOrdinal());
        return new Progress(
                from + work / stepNanos, nanos - (since - work) - stallsBefore, since - work + stallsBefore);
    }

    /**
     * The first time, not before the given one, at which neither a step nor a snapshot is under way, so that the run can stop
     * there without loss.
     *
     * @param nanos time since its start, 0 or more
     */
    public long boundary(long nanos) {
        Progress progress = at(nanos);
        long unfinished = (progress.workNanos()) % stepNanos;
        if (unfinished > 0) {
            return nanos + stepNanos - unfinished;
        }
        boolean due = !plan.levels().isEmpty()
                && progress.steps() > startStep
                && progress.steps() % plan.intervalSteps() == 0;
        return due ? Math.max(nanos, endOf(progress.steps() / plan.intervalSteps())) : nanos;
    }

    /**
     * Steps of the newest snapshot of a level that is safe at a time; empty where this run has saved none there.
     *
     * @param nanos time since the start of the run, 0 or more
     */
    public OptionalLong safeSteps(CheckpointLevel level, long nanos) {
        if (nanos < level.persistNanos()) {
            return OptionalLong.empty();
        }
        long first = (startOrdinal() / level.every() + 1) * level.every();
        if (endOf(first) > nanos - level.persistNanos()) {
            return OptionalLong.empty();
        }
        long last = lastOrdinal(nanos - level.persistNanos());
        return OptionalLong.of(lastWithin(nanos - level.persistNanos(), first, Math.max(first, last), level.every())
                * plan.intervalSteps());
    }

    /** Whether a number of steps is done and saved before the clock ends, after 146 years (2^62 ns). */
    public boolean reaches(long steps) {
        double each = stepNanos + (double) stalls[stalls.length - 1] / (stalls.length - 1) / plan.intervalSteps();
        return (double) (steps - startStep) * each + 2.0 * stalls[stalls.length - 1] < NANOS_LIMIT;
    }

    /**
     * Time from the start of the run until a number of steps is done and a last snapshot is taken.
     *
     * @param steps counted from the first step of the job, not below the start, and within {@link #reaches}
     */
    public long nanosUntil(long steps) {
        if (steps < startStep) {
            throw new IllegalArgumentException(steps + " steps are done before the start at " + startStep);
        }
        long work = Math.multiplyExact(steps - startStep, stepNanos);
        if (plan.levels().isEmpty() || steps == startStep) {
            return work;
        }
        long ordinal = steps / plan.intervalSteps();
        boolean due = steps % plan.intervalSteps() == 0;
        long stall = stallsUntil(ordinal) - stallsUntil(startOrdinal());
        return work + stall + (due ? 0 : stallNanos(stalls.length - 1));
    }
}
