package trainyard.faults.checkpoint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the snapshots of one run cost. Snapshots are counted from the start of the run, from 1. The levels are due in a pattern
 * that repeats; the run is followed from snapshot to snapshot until as much is left of each save at the end of a pattern as at
 * the end of an earlier one. From there on everything repeats, so sums over any number of snapshots follow from those.
 *
 * <p>A snapshot stands still for its check and for the levels that are due, one after the other; their saves go on beside the
 * training from when the run goes on. With k saves of a level in flight a snapshot waits for the save k snapshots of that level
 * before it. A save goes on through work, checks and the stalls and waits of other levels alike: a level that is alone, with one
 * save in flight and W of work between two of its snapshots, waits for {@code max(0, P - W)}, and with k in flight, once in k
 * snapshots, for {@code max(0, P - k W - (k - 1) S)}.
 *
 * <p>While a save goes on the training is slower by the share {@code slowdown}; the time that this costs, {@code slowdown P},
 * lies in the interval behind the snapshot, also where the save outlasts it.
 */
final class SavePattern {

    /**
     * Snapshots after which the last pattern is taken to repeat. Most plans repeat from the second one on; it takes so long only
     * where levels with several saves in flight hold the run up about equally, so that the one can hardly be told from the other.
     */
    private static final int MOST_FOLLOWED = 10_000;

    private final CheckpointPlan plan;
    private final long startOrdinal;
    private final double workNanos;
    private final int length;
    /** Sums over the first i snapshots of the run and over the intervals behind them, up to the end of what repeats. */
    private long[] stalls = new long[1];

    private long[] drags = new long[1];
    private long[] windows = new long[1];
    /** Snapshots before those that repeat, and how many of these there are. */
    private final int before;

    private final int repeated;

    SavePattern(CheckpointPlan plan, long startOrdinal, long stepNanos) {
        this.plan = plan;
        this.startOrdinal = startOrdinal;
        this.workNanos = (double) plan.intervalSteps() * stepNanos;
        length = plan.pattern();
        SavesInFlight saves = new SavesInFlight(plan.levels());
        Map<List<Long>, Integer> seen = new HashMap<>(Map.of(saves.left(), 0));
        int followed = 0;
        Integer same;
        do {
            follow(saves, followed);
            followed += length;
            same = seen.putIfAbsent(saves.left(), followed);
        } while (same == null && followed < MOST_FOLLOWED);
        before = same == null ? followed - length : same;
        repeated = followed - before;
    }

    /** Adds one pattern behind a number of snapshots. */
    private void follow(SavesInFlight saves, int from) {
        int end = from + length;
        if (end >= stalls.length) {
            int places = Math.max(end + 1, 2 * stalls.length);
            stalls = Arrays.copyOf(stalls, places);
            drags = Arrays.copyOf(drags, places);
            windows = Arrays.copyOf(windows, places);
        }
        long longest = longestSave();
        for (int i = from + 1; i <= end; i++) {
            // Beyond the longest save nothing is left of any.
            double interval = workNanos + (i == 1 ? 0 : drags[i - 1] - drags[i - 2]);
            saves.pass((long) Math.min(interval, longest));
            stalls[i] = Math.addExact(stalls[i - 1], standStill(saves, i));
            long drag = drag(i);
            drags[i] = Math.addExact(drags[i - 1], drag);
            windows[i] = window(i, drag);
        }
    }

    private long longestSave() {
        return plan.levels().stream()
                .mapToLong(level -> Math.max(
                        level.persistNanos(),
                        level.writing().deltas().map(DeltaChain::persistNanos).orElse(0L)))
                .max()
                .orElse(0);
    }

    /** A snapshot is taken and its saves begin. Returns how long the job stands still. */
    private long standStill(SavesInFlight saves, long index) {
        long nanos = checkNanos(index);
        saves.pass(nanos);
        for (int i = 0; i < plan.levels().size(); i++) {
            CheckpointLevel level = plan.levels().get(i);
            if (isDue(level, index)) {
                long stall = saves.wait(i) + level.stallNanos(ofRun(level, index));
                saves.pass(stall);
                nanos = Math.addExact(nanos, stall);
            }
        }
        for (int i = 0; i < plan.levels().size(); i++) {
            CheckpointLevel level = plan.levels().get(i);
            if (isDue(level, index)) {
                saves.begin(i, level.persistNanos(ofRun(level, index)));
            }
        }
        return nanos;
    }

    /** Whether the runs that start behind a number of snapshots have this pattern, too. */
    boolean fits(long otherStartOrdinal) {
        return (otherStartOrdinal - startOrdinal) % length == 0;
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

    /** Time of the check before a snapshot. */
    long checkNanos(long index) {
        return plan.verification()
                .filter(check -> (startOrdinal + index) % check.every() == 0)
                .map(SnapshotVerification::nanos)
                .orElse(0L);
    }

    private long ownDrag(CheckpointLevel level, long ofRun) {
        double slowdown = level.writing().slowdown();
        double slowed = Math.min(level.persistNanos(ofRun), level.every() * workNanos / (1 - slowdown));
        return (long) (slowdown * slowed);
    }

    private long drag(long index) {
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
        return total(stalls, index);
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
        int place = place(index);
        return Math.addExact(Math.multiplyExact((index - place) / repeated, ofRepeated(sums)), sums[place]);
    }

    /** The followed snapshot that one is like. */
    private int place(long index) {
        return (int) (index <= before ? index : before + (index - before - 1) % repeated + 1);
    }

    private long ofRepeated(long[] sums) {
        return sums[before + repeated] - sums[before];
    }

    /** Time lost to saves within a time since the end of a snapshot. */
    long dragWithin(long index, long nanos) {
        if (index == 0) {
            return 0;
        }
        int place = place(index);
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

    /** Mean time of a snapshot that repeats and of its save beyond the work. */
    double meanNanos() {
        return (double) (ofRepeated(stalls) + ofRepeated(drags)) / repeated;
    }

    /** How many snapshots a run can have taken at most beyond those that the mean gives. */
    double mostAhead() {
        return before + 2.0 * repeated;
    }

    /** How much later a snapshot can be taken at most than the mean gives. */
    double mostBehindNanos() {
        return (double) stalls[before] + drags[before] + 2.0 * (ofRepeated(stalls) + ofRepeated(drags));
    }
}
