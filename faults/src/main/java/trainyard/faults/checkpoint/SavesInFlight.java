package trainyard.faults.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The saves that go on beside a run while it is followed from snapshot to snapshot. */
final class SavesInFlight {

    private final List<CheckpointLevel> levels;
    /** When the last saves of each level end, as many as may go on at a time; {@code oldest} is where the first of them stands. */
    private final long[][] ends;

    private final int[] oldest;
    private long nowNanos;

    /** None goes on. */
    SavesInFlight(List<CheckpointLevel> levels) {
        this.levels = levels;
        ends = levels.stream()
                .map(level -> new long[level.writing().inFlight()])
                .toArray(long[][]::new);
        oldest = new int[levels.size()];
    }

    /** Time goes by. */
    void pass(long nanos) {
        nowNanos = Math.addExact(nowNanos, nanos);
    }

    /** How long a snapshot waits until one more save of a level may go on. */
    long wait(int level) {
        return Math.max(0, ends[level][oldest[level]] - nowNanos);
    }

    /** A save of a level begins, which takes the place of the oldest one. */
    void begin(int level, long nanos) {
        ends[level][oldest[level]] = Math.addExact(nowNanos, nanos);
        oldest[level] = (oldest[level] + 1) % ends[level].length;
    }

    /** How long each save still goes on: what follows depends on that alone. */
    List<Long> left() {
        List<Long> left = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            for (int i = 0; i < ends[level].length; i++) {
                left.add(Math.max(0, ends[level][(oldest[level] + i) % ends[level].length] - nowNanos));
            }
        }
        return left;
    }
}
