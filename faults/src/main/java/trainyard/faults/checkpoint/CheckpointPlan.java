package trainyard.faults.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When snapshots are taken and where they go.
 *
 * @param intervalSteps a snapshot is taken whenever the number of finished steps is a multiple of this, at least 1
 * @param levels where they go; each snapshot goes to every level that is due, one after the other. Empty: none is taken
 */
public record CheckpointPlan(long intervalSteps, List<CheckpointLevel> levels) {

    /** So that the pattern of levels stays short. */
    private static final int MAX_PATTERN = 100_000;

    public CheckpointPlan {
        levels = List.copyOf(levels);
        if (intervalSteps < 1) {
            throw new IllegalArgumentException("the interval must be at least one step, got " + intervalSteps);
        }
        Set<String> names = new HashSet<>();
        for (CheckpointLevel level : levels) {
            if (!names.add(level.name())) {
                throw new IllegalArgumentException("two levels are called " + level.name());
            }
        }
        pattern(levels);
    }

    /** No snapshots: every fault throws the job back to its first step. */
    public static CheckpointPlan none() {
        return new CheckpointPlan(Long.MAX_VALUE, List.of());
    }

    /** After how many snapshots the levels are due in the same way again. */
    int pattern() {
        return pattern(levels);
    }

    private static int pattern(List<CheckpointLevel> levels) {
        long pattern = 1;
        for (CheckpointLevel level : levels) {
            pattern = pattern / gcd(pattern, level.every()) * level.every();
            if (pattern > MAX_PATTERN) {
                throw new IllegalArgumentException("the levels repeat only after " + pattern
                        + " snapshots; choose values of every that divide each other");
            }
        }
        return (int) pattern;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
