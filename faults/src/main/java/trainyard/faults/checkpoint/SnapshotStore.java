package trainyard.faults.checkpoint;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Damage;

/**
 * The safe snapshots of a job on every level: which there are, which of them a fault leaves, and which one to go on from.
 * Places are those of nodes within the job, from 0.
 */
public final class SnapshotStore {

    private final List<StoredLevel> levels;
    private final boolean onNodes;
    private final Restorable initial;

    public SnapshotStore(List<CheckpointLevel> levels) {
        this.levels = levels.stream().map(StoredLevel::new).toList();
        initial = initial(levels);
        onNodes = levels.stream().anyMatch(level -> level.keeping().placement().isOnNodes());
    }

    /**
     * Takes in what a run has saved.
     *
     * @param runStartNanos time of the job at which the run started
     * @param elapsedNanos time since then
     */
    public void save(CheckpointClock run, long runStartNanos, long elapsedNanos) {
        for (StoredLevel level : levels) {
            if (run.savesTo(level.level())) {
                level.save(run, runStartNanos, elapsedNanos);
            }
        }
    }

    /** Takes in a full snapshot of a level that was taken out of turn, such as on a signal. */
    public void save(CheckpointLevel level, long steps, long nowNanos) {
        levels.stream()
                .filter(stored -> stored.level().equals(level))
                .forEach(stored -> stored.add(new CheckpointClock.Saved(steps, steps, 0, nowNanos, nowNanos)));
    }

    /**
     * Forgets what a fault destroys.
     *
     * @param places nodes of the job that it struck
     */
    public void destroy(long nowNanos, Damage damage, BitSet places) {
        for (StoredLevel level : levels) {
            level.destroy(nowNanos, damage, places);
        }
    }

    /** Nodes leave the job, so that it cannot reach the copies on them any more. */
    public void forget(long nowNanos, BitSet places) {
        for (StoredLevel level : levels) {
            if (level.level().keeping().placement().isOnNodes()) {
                level.lose(nowNanos, places);
            }
        }
    }

    /** Whether any level keeps copies on nodes of the job, so that it matters which places are struck. */
    public boolean areOnNodes() {
        return onNodes;
    }

    /** Whether a damage destroys copies on the nodes that it strikes. */
    public boolean losesNodes(Damage damage) {
        if (onNodes) {
            for (StoredLevel level : levels) {
                if (level.level().keeping().placement().isOnNodes()
                        && !level.level().outlasts(damage)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Forgets snapshots of more steps, such as those taken of a state that was wrong. */
    public void discardBehind(long nowNanos, long steps) {
        for (StoredLevel level : levels) {
            level.discardBehind(nowNanos, steps);
        }
    }

    /**
     * The newest snapshot that is left and can be read; of equal ones that which loads fastest. Where none is left, the job
     * begins again from its initial state, which lies on the level that survives most.
     *
     * @param draws what files turn out unreadable; not drawn from where every file can be read
     */
    public Restorable newest(UniformRandomProvider draws) {
        Restorable newest = initial;
        for (StoredLevel level : levels) {
            Optional<Restorable> own = level.newest(draws);
            if (own.isPresent() && isBetter(own.get(), newest)) {
                newest = own.get();
            }
        }
        return newest;
    }

    /**
     * The same where some levels cannot be read now: the newest on the others; empty where those have none, so that the job
     * has to wait.
     */
    public Optional<Restorable> newest(UniformRandomProvider draws, Predicate<CheckpointLevel> readable) {
        if (levels.stream().map(StoredLevel::level).allMatch(readable)) {
            return Optional.of(newest(draws));
        }
        return levels.stream()
                .filter(level -> readable.test(level.level()))
                .flatMap(level -> level.newest(draws).stream())
                .reduce((best, other) -> isBetter(other, best) ? other : best);
    }

    /** Steps of the newest snapshot, if it can be read; 0 where none is left. */
    public long newestSteps() {
        long newest = 0;
        for (StoredLevel level : levels) {
            newest = Math.max(newest, level.newestSteps());
        }
        return newest;
    }

    private static boolean isBetter(Restorable a, Restorable b) {
        return a.steps() > b.steps() || a.steps() == b.steps() && a.restoreNanos() < b.restoreNanos();
    }

    private static Restorable initial(List<CheckpointLevel> levels) {
        return levels.stream()
                .max(Comparator.comparing(CheckpointLevel::survives))
                .map(level -> new Restorable("", 0, level.restoreNanos(), 0))
                .orElse(new Restorable("", 0, 0, 0));
    }

    /** A snapshot is loaded: newer ones were unreadable, and nodes that fetched it hold copies of it again. */
    public void loaded(long nowNanos, Restorable snapshot) {
        discardBehind(nowNanos, snapshot.steps());
        for (StoredLevel level : levels) {
            if (level.level().name().equals(snapshot.level())) {
                level.complete();
            }
        }
    }

    /** What each level has stored up to a time. */
    public Map<String, StoredBytes> stored(long nowNanos) {
        Map<String, StoredBytes> stored = new LinkedHashMap<>();
        levels.forEach(level -> stored.put(level.level().name(), level.stored(nowNanos)));
        return stored;
    }
}
