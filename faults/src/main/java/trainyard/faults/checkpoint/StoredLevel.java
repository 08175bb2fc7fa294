package trainyard.faults.checkpoint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointClock.Saved;

/** The snapshots that one level holds, from the oldest to the newest, in the order of their steps. */
final class StoredLevel {

    private final CheckpointLevel level;
    private final List<Saved> kept = new ArrayList<>();
    private final BitSet lostPlaces = new BitSet();
    private final StoredBytes stored = new StoredBytes();

    /** Size of all that is kept, over that of a full snapshot. */
    private double full;

    StoredLevel(CheckpointLevel level) {
        this.level = level;
    }

    CheckpointLevel level() {
        return level;
    }

    /** Takes in what a run has saved by a time since its start. */
    void save(CheckpointClock run, long runStartNanos, long elapsedNanos) {
        long count = run.safeCount(level, elapsedNanos);
        // A chain of deltas grows between two full snapshots, so each of its links counts.
        boolean newestOnly = level.keeping().retention().isNewestOnly()
                && level.writing().deltas().isEmpty();
        if (newestOnly && count > 1) {
            saveFirstAndLast(run, runStartNanos, count);
            return;
        }
        for (long number = 1; number <= count; number++) {
            add(onClockOfJob(run.saved(level, number), runStartNanos));
        }
    }

    /** From the first one on something is stored; those between replace each other and are of equal size. */
    private void saveFirstAndLast(CheckpointClock run, long runStartNanos, long count) {
        add(onClockOfJob(run.saved(level, 1), runStartNanos));
        Saved last = run.saved(level, count);
        stored.reach(last.safeNanos() - run.saved(level, count - 1).takenNanos());
        put(onClockOfJob(last, runStartNanos));
    }

    private static Saved onClockOfJob(Saved saved, long startNanos) {
        return new Saved(
                saved.steps(),
                saved.baseSteps(),
                saved.links(),
                startNanos + saved.takenNanos(),
                startNanos + saved.safeNanos());
    }

    /** Takes a snapshot in that was not taken by the clock of a run. */
    void add(Saved saved) {
        reachUntil(saved.safeNanos());
        put(saved);
    }

    /** What is kept now was kept up to a time. */
    private void reachUntil(long nanos) {
        if (!kept.isEmpty()) {
            stored.reach(nanos - kept.get(0).takenNanos());
        }
    }

    private void put(Saved saved) {
        int before = kept.size();
        while (!kept.isEmpty() && kept.get(kept.size() - 1).steps() >= saved.steps()) {
            kept.remove(kept.size() - 1);
        }
        boolean replaces = kept.size() < before;
        kept.add(saved);
        lostPlaces.clear();
        boolean drops = prune();
        if (replaces || drops) {
            weigh();
        } else {
            full += bytesOf(saved);
        }
        book(saved.safeNanos());
    }

    /** Drops what is not kept; returns whether there was any. */
    private boolean prune() {
        Retention retention = level.keeping().retention();
        int before = kept.size();
        if (before <= retention.last()) {
            return false;
        }
        if (retention.isNewestOnly()) {
            kept.subList(0, kept.size() - 1).clear();
            return true;
        }
        int[] keepers = keepers();
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (keepers[i] == Retention.NOT_KEPT) {
                kept.remove(i);
            }
        }
        return kept.size() < before;
    }

    /** What keeps each; a link is worth nothing without those before it, so what keeps it keeps them. */
    private int[] keepers() {
        Retention retention = level.keeping().retention();
        int[] keepers =
                retention.keepers(kept.stream().mapToLong(Saved::takenNanos).toArray());
        for (int i = kept.size() - 1; i > 0; i--) {
            if (kept.get(i).links() > 0 && keepers[i - 1] == Retention.NOT_KEPT) {
                keepers[i - 1] = keepers[i];
            }
        }
        return keepers;
    }

    private void weigh() {
        full = 0;
        for (Saved saved : kept) {
            full += bytesOf(saved);
        }
    }

    private void book(long nanos) {
        stored.set(nanos, full * level.keeping().bytes(), kept.size());
        if (!level.keeping().retention().rungs().isEmpty()) {
            bookKeepers(nanos);
        }
    }

    private void bookKeepers(long nanos) {
        List<String> names = level.keeping().retention().names();
        double[] sizes = new double[names.size()];
        int[] counts = new int[names.size()];
        int[] keepers = keepers();
        for (int i = 0; i < keepers.length; i++) {
            sizes[keepers[i]] += bytesOf(kept.get(i));
            counts[keepers[i]]++;
        }
        for (int i = 0; i < sizes.length; i++) {
            stored.part(names.get(i)).set(nanos, sizes[i] * level.keeping().bytes(), counts[i]);
        }
    }

    /** Size over that of a full snapshot; where only the newest is kept, its chain goes with it. */
    private double bytesOf(Saved saved) {
        if (saved.links() == 0) {
            return 1;
        }
        double share = level.writing().deltas().map(DeltaChain::share).orElse(0.0);
        if (level.keeping().retention().isNewestOnly()) {
            return 1 + saved.links() * share;
        }
        return share;
    }

    /** A damage strikes places of the job. */
    void destroy(long nowNanos, Damage damage, BitSet places) {
        if (level.outlasts(damage) || kept.isEmpty()) {
            return;
        }
        if (level.keeping().placement().isOnNodes()) {
            lose(nowNanos, places);
        } else {
            clear(nowNanos);
        }
    }

    /** The copies on some places are gone. */
    void lose(long nowNanos, BitSet places) {
        lostPlaces.or(places);
        if (!kept.isEmpty() && !level.keeping().placement().survives(lostPlaces)) {
            clear(nowNanos);
        }
    }

    private void clear(long nowNanos) {
        reachUntil(nowNanos);
        kept.clear();
        weigh();
        book(nowNanos);
    }

    /** Gives up every snapshot of more steps. */
    void discardBehind(long nowNanos, long steps) {
        reachUntil(nowNanos);
        if (kept.removeIf(saved -> saved.steps() > steps)) {
            weigh();
            book(nowNanos);
        }
    }

    /** Fetched copies lie where the lost ones did. */
    void complete() {
        lostPlaces.clear();
    }

    /**
     * The newest snapshot that can be read. What builds on the same full one shares its file, so with that file unreadable the
     * whole chain is; with a link unreadable the full one is left.
     *
     * @param draws what files turn out unreadable
     */
    Optional<Restorable> newest(UniformRandomProvider draws) {
        for (int i = kept.size() - 1; i >= 0; i = before(i)) {
            if (reads(draws)) {
                return Optional.of(restorable(kept.get(i), draws));
            }
        }
        return Optional.empty();
    }

    private Restorable restorable(Saved saved, UniformRandomProvider draws) {
        boolean whole = true;
        for (long link = 0; link < saved.links(); link++) {
            whole &= reads(draws);
        }
        long links = whole ? saved.links() : 0;
        long steps = whole ? saved.steps() : saved.baseSteps();
        boolean fromPeers = !lostPlaces.isEmpty();
        return new Restorable(level.name(), steps, level.restoreNanos(links, fromPeers), links);
    }

    /** The newest one before a snapshot that builds on another full one. */
    private int before(int index) {
        int other = index;
        while (other >= 0 && kept.get(other).baseSteps() == kept.get(index).baseSteps()) {
            other--;
        }
        return other;
    }

    long newestSteps() {
        return kept.isEmpty() ? 0 : kept.get(kept.size() - 1).steps();
    }

    private boolean reads(UniformRandomProvider draws) {
        double unreadable = level.keeping().unreadable();
        return unreadable == 0 || draws.nextDouble() >= unreadable;
    }

    StoredBytes stored(long nowNanos) {
        reachUntil(nowNanos);
        stored.advance(nowNanos);
        return stored;
    }
}
