package trainyard.faults.checkpoint;

/**
 * What the snapshots of one run cost. The levels are due in a pattern that repeats, so sums over any number of snapshots
 * follow from those of one pattern. Snapshots are counted from the start of the run, from 1.
 *
 * <p>A snapshot stands still for its check and for the levels that are due, one after the other. With k saves in flight it
 * waits for the save k snapshots before it: where one is taken every W of work, the wait of a level with one in flight is
 * {@code max(0, P - every W)}, and with k of them, once in k snapshots, {@code max(0, P - k every W - (k - 1) S)}. While a
 * save goes on the training is slower by the share {@code slowdown}; the time that this costs, {@code slowdown P}, lies in the
 * interval behind the snapshot, also where the save outlasts it.
 */
final class SavePattern {

    private final CheckpointPlan plan;
    private final long startOrdinal;
    private final double workNanos;
    /** Sums over the first i snapshots of a pattern and over the intervals behind them. */
    private final long[] stalls;

    private final long[] drags;
    private final long[] windows;
    /** Waits that the pattern has but the first snapshot of a run has not, by level. */
    private final long[] noWait;

    SavePattern(CheckpointPlan plan, long startOrdinal, long stepNanos) {
        this.plan = plan;
        this.startOrdinal = startOrdinal;
        this.workNanos = (double) plan.intervalSteps() * stepNanos;
        int length = plan.pattern();
        stalls = new long[length + 1];
        drags = new long[length + 1];
        windows = new long[length + 1];
        for (int i = 1; i <= length; i++) {
            stalls[i] = stalls[i - 1] + patternStall(i);
            drags[i] = drags[i - 1] + patternDrag(i);
            windows[i] = window(i, drags[i] - drags[i - 1]);
        }
        noWait = plan.levels().stream().mapToLong(level -> wait(level, 1)).toArray();
    }

    /** Whether the runs that start behind a number of snapshots have this pattern, too. */
    boolean fits(long otherStartOrdinal) {
        return (otherStartOrdinal - startOrdinal) % length() == 0;
    }

    int length() {
        return stalls.length - 1;
    }

    /** Which snapshot of the run one is on a level, from 1; the level has to be due. */
    long ofRun(CheckpointLevel level, long index) {
        return (startOrdinal + index) / level.every() - startOrdinal / level.every();
    }

    boolean isDue(CheckpointLevel level, long index) {
        return (startOrdinal + index) % level.every() == 0;
    }

    /** Index of the first snapshot of the run on a level. */
    long first(CheckpointLevel level) {
        return (startOrdinal / level.every() + 1) * level.every() - startOrdinal;
    }

    private long patternStall(long index) {
        long nanos = checkNanos(index);
        for (CheckpointLevel level : plan.levels()) {
            if (isDue(level, index)) {
                long ofRun = ofRun(level, index);
                nanos += level.stallNanos(ofRun) + wait(level, ofRun);
            }
        }
        return nanos;
    }

    /** Time of the check before a snapshot. */
    long checkNanos(long index) {
        return plan.verification()
                .filter(check -> (startOrdinal + index) % check.every() == 0)
                .map(SnapshotVerification::nanos)
                .orElse(0L);
    }

    /** How long a snapshot waits for an earlier save of its level, as if there always was one. */
    private long wait(CheckpointLevel level, long ofRun) {
        int inFlight = level.writing().inFlight();
        if ((ofRun - 1) % inFlight != 0) {
            return 0;
        }
        long before = ofRun == 1 ? level.cycle() : ofRun - 1;
        double free =
                inFlight * (level.every() * workNanos + ownDrag(level, before)) + (inFlight - 1.0) * level.stallNanos();
        return (long) Math.ceil(Math.max(0, level.persistNanos(before) - free));
    }

    private long ownDrag(CheckpointLevel level, long ofRun) {
        double slowdown = level.writing().slowdown();
        double slowed = Math.min(level.persistNanos(ofRun), level.every() * workNanos / (1 - slowdown));
        return (long) (slowdown * slowed);
    }

    private long patternDrag(long index) {
        long nanos = 0;
        for (CheckpointLevel level : plan.levels()) {
            if (isDue(level, index)) {
                nanos += ownDrag(level, ofRun(level, index));
            }
        }
        return nanos;
    }

    private long window(long index, long drag) {
        long longest = 0;
        for (CheckpointLevel level : plan.levels()) {
            if (isDue(level, index) && level.writing().slowdown() > 0) {
                longest = Math.max(longest, level.persistNanos(ofRun(level, index)));
            }
        }
        return Math.max(drag, (long) Math.min(longest, workNanos + drag));
    }

    /** Stalls of all snapshots up to one. */
    long stallsUntil(long index) {
        long nanos = total(stalls, index);
        for (int i = 0; i < noWait.length; i++) {
            if (noWait[i] > 0 && index >= first(plan.levels().get(i))) {
                nanos -= noWait[i];
            }
        }
        return nanos;
    }

    /** Stall of one snapshot. */
    long stall(long index) {
        return stallsUntil(index) - stallsUntil(index - 1);
    }

    /** Stall of a snapshot that goes to every level. */
    long stallOfLast() {
        long nanos = plan.verification().map(SnapshotVerification::nanos).orElse(0L);
        for (CheckpointLevel level : plan.levels()) {
            nanos += level.stallNanos();
        }
        return nanos;
    }

    /** What saves cost in the intervals behind all snapshots up to one. */
    long dragsUntil(long index) {
        return total(drags, index);
    }

    private long total(long[] sums, long index) {
        int length = length();
        return Math.addExact(Math.multiplyExact(index / length, sums[length]), sums[(int) (index % length)]);
    }

    /** Time lost to saves within a time since the end of a snapshot. */
    long dragWithin(long index, long nanos) {
        if (index == 0) {
            return 0;
        }
        int place = (int) ((index - 1) % length()) + 1;
        long drag = drags[place] - drags[place - 1];
        long window = windows[place];
        return nanos >= window ? drag : (long) ((double) nanos / window * drag);
    }

    /** Time since the end of a snapshot after which so much work is done: the least one. */
    long nanosOfWork(long index, long work) {
        long low = work;
        long high = work + dragWithin(index, Long.MAX_VALUE);
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (middle - dragWithin(index, middle) >= work) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Time of one whole pattern beyond its work. */
    long overheadNanos() {
        return stalls[length()] + drags[length()];
    }
}
