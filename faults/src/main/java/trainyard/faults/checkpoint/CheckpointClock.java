package trainyard.faults.checkpoint;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a run has come that does nothing but steps and snapshots, as a function of the time since its start.
 *
 * <p>A snapshot of ordinal o is taken when o x interval steps are done. What it costs is said by {@link SavePattern}: it
 * repeats, so everything is found by division and a search within what repeats, and the cost does not depend on how long the run
 * lasts.
 */
public final class CheckpointClock {

    private static final double NANOS_LIMIT = 0x1p62;
    /** The last step of a run that goes on for ever, and when it is done. */
    private static final long NEVER = Long.MAX_VALUE;

    private final CheckpointPlan plan;
    private final long startStep;
    private final long stepNanos;
    private final long startOrdinal;
    private final SavePattern pattern;
    /** Work of an interval, and the time of one with its snapshot in the mean of what repeats. */
    private final double workNanos;

    private final double eachNanos;
    /** The last step of the run; behind it only a last snapshot is taken. */
    private final long lastStep;

    private final long lastStepNanos;

    /**
     * @param startStep steps done when the run starts, 0 or more
     * @param stepNanos time of a step, above 0
     */
    public CheckpointClock(CheckpointPlan plan, long startStep, long stepNanos) {
        this(plan, startStep, stepNanos, new SavePattern(plan, startStep / plan.intervalSteps(), stepNanos), NEVER);
    }

    private CheckpointClock(CheckpointPlan plan, long startStep, long stepNanos, SavePattern pattern, long lastStep) {
        if (startStep < 0 || stepNanos < 1) {
            throw new IllegalArgumentException(
                    "a run needs a start of at least 0 and steps above 0 ns, got " + startStep + " and " + stepNanos);
        }
        this.plan = plan;
        this.startStep = startStep;
        this.stepNanos = stepNanos;
        this.pattern = pattern;
        startOrdinal = startStep / plan.intervalSteps();
        workNanos = (double) plan.intervalSteps() * stepNanos;
        eachNanos = workNanos + pattern.meanNanos();
        this.lastStep = lastStep;
        lastStepNanos = lastStep == NEVER ? NEVER : nanosOfSteps(lastStep);
    }

    /**
     * The clock of the same run where it ends with a step, behind which a last snapshot is taken on every level.
     *
     * @param step within {@link #reaches}, not below the start
     */
    public CheckpointClock endingWith(long step) {
        return new CheckpointClock(plan, startStep, stepNanos, pattern, step);
    }

    /** The clock of another run, most often of the same plan and pace: what is the same is not computed again. */
    public CheckpointClock next(CheckpointPlan nextPlan, long nextStartStep, long nextStepNanos) {
        boolean same =
                plan == nextPlan && stepNanos == nextStepNanos && pattern.fits(nextStartStep / plan.intervalSteps());
        return same
                ? new CheckpointClock(plan, nextStartStep, stepNanos, pattern, NEVER)
                : new CheckpointClock(nextPlan, nextStartStep, nextStepNanos);
    }

    /** Whether the run takes snapshots on a level. */
    public boolean savesTo(CheckpointLevel level) {
        return plan.levels().contains(level);
    }

    private boolean saves() {
        return !plan.levels().isEmpty() || plan.verification().isPresent();
    }

    private long stepsOf(long index) {
        return index == 0 ? startStep : (startOrdinal + index) * plan.intervalSteps();
    }

    /** Time until a snapshot of the run is taken and the run goes on. */
    private long endOf(long index) {
        if (index == 0) {
            return 0;
        }
        long work = Math.multiplyExact(stepsOf(index) - startStep, stepNanos);
        return work + pattern.stallsUntil(index) + pattern.dragsUntil(index - 1);
    }

    /** The last snapshot of the run after which it has gone on by a time; 0 where there is none. */
    private long lastIndex(long nanos) {
        if (!saves()) {
            return 0;
        }
        // No run has more snapshots than its work alone would give.
        double most = Math.min(nanos / workNanos + 1, nanos / eachNanos + pattern.mostAhead());
        long last = Math.min((long) most, indexOf(lastStep));
        long guess = Math.min(last, (long) (nanos / eachNanos));
        return Searches.lastUpTo(last, guess, index -> endOf(index) <= nanos);
    }

    /**
     * What a run has done by a time.
     *
     * @param steps finished steps, counted from the first step of the job
     * @param workNanos time of this run spent on steps, the unfinished one included
     * @param stallNanos time of this run spent standing still for snapshots and checks
     * @param dragNanos time of this run that saves beside the training cost
     */
    public record Progress(long steps, long workNanos, long stallNanos, long dragNanos) {}

    /**
     * How far the run is.
     *
     * @param nanos time since its start, 0 or more
     */
    public Progress at(long nanos) {
        if (nanos < lastStepNanos) {
            return atWork(nanos);
        }
        long work = Math.multiplyExact(lastStep - startStep, stepNanos);
        long drag = atWork(lastStepNanos).dragNanos();
        return new Progress(lastStep, work, nanos - work - drag, drag);
    }

    private Progress atWork(long nanos) {
        long index = lastIndex(nanos);
        long since = nanos - endOf(index);
        long drag = pattern.dragWithin(index, since);
        long limit = saves() ? Math.multiplyExact(stepsOf(index + 1) - stepsOf(index), stepNanos) : Long.MAX_VALUE;
        long work = Math.min(since - drag, limit);
        long before = index == 0 ? 0 : (stepsOf(index) - startStep) * stepNanos;
        long drags = drag + (index == 0 ? 0 : pattern.dragsUntil(index - 1));
        return new Progress(
                stepsOf(index) + work / stepNanos,
                before + work,
                since - drag - work + pattern.stallsUntil(index),
                drags);
    }

    /**
     * The first time, not before the given one, at which neither a step nor a snapshot is under way, so that the run can stop
     * there without loss.
     *
     * @param nanos time since its start, 0 or more
     */
    public long boundary(long nanos) {
        if (nanos >= lastStepNanos) {
            return Math.max(nanos, nanosUntil(lastStep));
        }
        Progress progress = at(nanos);
        boolean midStep = progress.workNanos() % stepNanos > 0;
        long steps = progress.steps() + (midStep ? 1 : 0);
        if (!midStep && saves() && steps > startStep && isDue(steps)) {
            return Math.max(nanos, endOf(indexOf(steps)));
        }
        return midStep ? nanosOfSteps(steps) : nanos;
    }

    private boolean isDue(long steps) {
        return steps % plan.intervalSteps() == 0;
    }

    private long indexOf(long steps) {
        return steps / plan.intervalSteps() - startOrdinal;
    }

    /** When a number of steps is done, before the snapshot that may be due then. */
    private long nanosOfSteps(long steps) {
        long index = saves() ? Math.max(0, (steps - 1) / plan.intervalSteps() - startOrdinal) : 0;
        long work = Math.multiplyExact(steps - stepsOf(index), stepNanos);
        return endOf(index) + pattern.nanosOfWork(index, work);
    }

    /**
     * A snapshot of a run on a level.
     *
     * @param steps steps done in it
     * @param baseSteps steps of the full one that it builds on; its own where it is full
     * @param links deltas between the two
     * @param takenNanos time since the start of the run at which the run went on after it
     * @param safeNanos time since the start of the run from which it can be loaded
     */
    public record Saved(long steps, long baseSteps, long links, long takenNanos, long safeNanos) {}

    private Saved savedAt(CheckpointLevel level, long index) {
        long ofRun = pattern.ofRun(level, index);
        long links = level.links(ofRun);
        return new Saved(
                stepsOf(index), stepsOf(index - links * level.every()), links, endOf(index), safeNanos(level, index));
    }

    /**
     * The newest snapshot of a level that is safe at a time; empty where this run has saved none there.
     *
     * @param nanos time since the start of the run, 0 or more
     */
    public Optional<Saved> newestSafe(CheckpointLevel level, long nanos) {
        long count = safeCount(level, nanos);
        return count == 0 ? Optional.empty() : Optional.of(saved(level, count));
    }

    /** How many snapshots of this run on a level are safe at a time; the first so many are. */
    public long safeCount(CheckpointLevel level, long nanos) {
        long taken = lastIndex(nanos) - pattern.first(level);
        long most = taken < 0 ? 0 : taken / level.every() + 1;
        return Searches.lastUpTo(most, most, number -> safeNanos(level, indexOf(level, number)) <= nanos);
    }

    private long safeNanos(CheckpointLevel level, long index) {
        return endOf(index)
                + level.persistNanos(pattern.ofRun(level, index))
                + level.writing().lagNanos();
    }

    /** Index of a snapshot of this run on a level, by its number there. */
    private long indexOf(CheckpointLevel level, long number) {
        return pattern.first(level) + (number - 1) * level.every();
    }

    /**
     * A snapshot of this run on a level.
     *
     * @param number from 1
     */
    public Saved saved(CheckpointLevel level, long number) {
        return savedAt(level, indexOf(level, number));
    }

    /**
     * When the first check of the state is over that begins at a time or later; empty where there is none.
     *
     * @param nanos time since the start of the run, 0 or more
     */
    public OptionalLong nextCheck(long nanos) {
        if (plan.verification().isEmpty()) {
            return OptionalLong.empty();
        }
        int every = plan.verification().get().every();
        long index = (startOrdinal / every + 1) * every - startOrdinal;
        index += Math.max(0, (lastIndex(nanos) - index) / every) * every;
        while (isTaken(index) && checkEnd(index) - pattern.checkNanos(index) < nanos) {
            index += every;
        }
        return isTaken(index) ? OptionalLong.of(checkEnd(index)) : lastCheck(nanos);
    }

    /** Whether the run gets to a snapshot, and the clock with it. */
    private boolean isTaken(long index) {
        return (double) index * plan.intervalSteps() * stepNanos < NANOS_LIMIT && index <= indexOf(lastStep);
    }

    /** The check before the last snapshot, where that is not due anyway. */
    private OptionalLong lastCheck(long fromNanos) {
        boolean checks = lastStep != NEVER && !isDue(lastStep) && lastStepNanos >= fromNanos;
        return checks
                ? OptionalLong.of(
                        lastStepNanos + plan.verification().orElseThrow().nanos())
                : OptionalLong.empty();
    }

    private long checkEnd(long index) {
        return endOf(index) - pattern.stall(index) + pattern.checkNanos(index);
    }

    /** Whether a number of steps is done and saved before the clock ends, after 146 years (2^62 ns). */
    public boolean reaches(long steps) {
        double each = stepNanos + pattern.meanNanos() / plan.intervalSteps();
        return (steps - startStep) * each + pattern.mostBehindNanos() + pattern.stallOfLast() < NANOS_LIMIT;
    }

    /** Time from the start of the run until its last snapshot is taken; empty where it has no last step. */
    public OptionalLong nanosUntilEnd() {
        return lastStep == NEVER ? OptionalLong.empty() : OptionalLong.of(nanosUntil(lastStep));
    }

    /**
     * Time from the start of the run until a number of steps is done and a last snapshot is taken on every level.
     *
     * @param steps counted from the first step of the job, not below the start, and within {@link #reaches}
     */
    public long nanosUntil(long steps) {
        if (steps < startStep) {
            throw new IllegalArgumentException(steps + " steps are done before the start at " + startStep);
        }
        if (!saves() || steps == startStep) {
            return Math.multiplyExact(steps - startStep, stepNanos);
        }
        return isDue(steps) ? endOf(indexOf(steps)) : nanosOfSteps(steps) + pattern.stallOfLast();
    }
}
