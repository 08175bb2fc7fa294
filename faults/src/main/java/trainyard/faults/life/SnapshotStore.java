package trainyard.faults.life;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointLevel;

/** The newest safe snapshot of each level, as a number of finished steps. */
final class SnapshotStore {

    /** Steps of a level that has none. */
    private static final long NONE = -1;

    private final List<CheckpointLevel> levels;
    private final long[] steps;

    SnapshotStore(List<CheckpointLevel> levels) {
        this.levels = levels;
        steps = new long[levels.size()];
        Arrays.fill(steps, NONE);
    }

    /** Takes in what a run has saved by a time since its start. */
    void save(CheckpointClock run, long nanos) {
        for (int i = 0; i < steps.length; i++) {
            Optional<CheckpointClock.Saved> safe = run.newestSafe(levels.get(i), nanos);
            if (safe.isPresent()) {
                steps[i] = safe.get().steps();
            }
        }
    }

    /** Forgets what a damage destroys. */
    void destroy(Damage damage) {
        for (int i = 0; i < steps.length; i++) {
            if (!levels.get(i).outlasts(damage)) {
                steps[i] = NONE;
            }
        }
    }

    /**
     * A snapshot to go on from.
     *
     * @param steps steps done in it; 0 to begin again
     * @param restoreNanos time to load it
     */
    record Snapshot(long steps, long restoreNanos) {}

    /**
     * The newest one that is left; of equal ones that which loads fastest. Where none is left, the job begins again from its
     * initial state, which lies on the level that survives most.
     */
    Snapshot newest() {
        Snapshot newest = initial();
        for (int i = 0; i < steps.length; i++) {
            long restore = levels.get(i).restoreNanos();
            if (steps[i] > newest.steps || steps[i] == newest.steps && restore < newest.restoreNanos) {
                newest = new Snapshot(steps[i], restore);
            }
        }
        return newest;
    }

    private Snapshot initial() {
        return levels.stream()
                .max(Comparator.comparing(CheckpointLevel::survives))
                .map(level -> new Snapshot(0, level.restoreNanos()))
                .orElse(new Snapshot(0, 0));
    }
}
