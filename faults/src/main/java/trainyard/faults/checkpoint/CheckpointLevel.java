package trainyard.faults.checkpoint;

import java.util.Objects;
import trainyard.faults.cause.Damage;

/**
 * A place where snapshots go.
 *
 * @param name such as {@code peer-memory} or {@code storage}
 * @param every of how many snapshots this level gets one, at least 1
 * @param stallNanos time that the job stands still for a full one, 0 or more
 * @param persistNanos time after the stall until it is written, 0 where it is when the job goes on
 * @param restoreNanos time to load a full one, 0 or more
 * @param survives the worst damage that leaves what it struck: shared storage survives {@link Damage#NODE}, a local disk
 *     {@link Damage#RESTART}, the memory of a process on the node {@link Damage#PROCESS}
 * @param writing how it writes
 * @param keeping what it keeps and where
 */
public record CheckpointLevel(
        String name,
        int every,
        long stallNanos,
        long persistNanos,
        long restoreNanos,
        Damage survives,
        Writing writing,
        Keeping keeping) {

    public CheckpointLevel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(survives, "survives");
        Objects.requireNonNull(writing, "writing");
        Objects.requireNonNull(keeping, "keeping");
        if (every < 1 || stallNanos < 0 || persistNanos < 0 || restoreNanos < 0) {
            throw new IllegalArgumentException(
                    "level " + name + " needs every of at least 1 and times of at least 0, got " + every + ", "
                            + stallNanos + ", " + persistNanos + " and " + restoreNanos + " ns");
        }
    }

    /** A level of full snapshots that a worse damage anywhere in the job destroys whole. */
    public CheckpointLevel(
            String name, int every, long stallNanos, long persistNanos, long restoreNanos, Damage survives) {
        this(name, every, stallNanos, persistNanos, restoreNanos, survives, Writing.PLAIN, Keeping.PLAIN);
    }

    /** A level that the job waits for until it is safe. */
    public static CheckpointLevel blocking(String name, long writeNanos, long restoreNanos, Damage survives) {
        return new CheckpointLevel(name, 1, writeNanos, 0, restoreNanos, survives);
    }

    public CheckpointLevel with(Writing other) {
        return new CheckpointLevel(name, every, stallNanos, persistNanos, restoreNanos, survives, other, keeping);
    }

    public CheckpointLevel with(Keeping other) {
        return new CheckpointLevel(name, every, stallNanos, persistNanos, restoreNanos, survives, writing, other);
    }

    /** Whether what a damage strikes is left on this level. */
    public boolean outlasts(Damage damage) {
        return damage.compareTo(survives) <= 0;
    }

    /** Time from the start of a full snapshot until it is written. */
    public long writeNanos() {
        return stallNanos + persistNanos;
    }

    /** After how many of its snapshots they are alike again. */
    int cycle() {
        return writing.deltas().map(DeltaChain::fullEvery).orElse(1) * (persistNanos > 0 ? writing.inFlight() : 1);
    }

    /** Links between a snapshot of a run and the full one that it builds on. */
    long links(long ofRun) {
        return writing.deltas().isEmpty() ? 0 : writing.deltas().get().links(ofRun);
    }

    /** Time that the job stands still for a snapshot of a run, waits for others left out. */
    long stallNanos(long ofRun) {
        return links(ofRun) == 0 ? stallNanos : writing.deltas().orElseThrow().stallNanos();
    }

    /** Time after the stall until a snapshot of a run is written. */
    long persistNanos(long ofRun) {
        return links(ofRun) == 0 ? persistNanos : writing.deltas().orElseThrow().persistNanos();
    }

    /** Time to load a full snapshot and a number of links on top. */
    public long restoreNanos(long links, boolean fromPeers) {
        long base = fromPeers ? Math.max(restoreNanos, keeping.fetchNanos()) : restoreNanos;
        return links == 0 ? base : base + links * writing.deltas().orElseThrow().restoreNanos();
    }
}
