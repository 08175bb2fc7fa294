package trainyard.faults.checkpoint;

import java.util.Objects;
import trainyard.faults.cause.Damage;

/**
 * A place where snapshots go.
 *
 * @param name such as {@code peer-memory} or {@code storage}
 * @param every of how many snapshots this level gets one, at least 1
 * @param stallNanos time that the job stands still for one, 0 or more
 * @param persistNanos time after the stall until it is safe, 0 where it is when the job goes on
 * @param restoreNanos time to load one, 0 or more
 * @param survives the worst damage that leaves its snapshots: those of shared storage survive {@link Damage#NODE}, those of
 *     a local disk {@link Damage#RESTART}, those in the memory of a process on the node {@link Damage#PROCESS}
 */
public record CheckpointLevel(
        String name, int every, long stallNanos, long persistNanos, long restoreNanos, Damage survives) {

    public CheckpointLevel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(survives, "survives");
        if (every < 1 || stallNanos < 0 || persistNanos < 0 || restoreNanos < 0) {
            throw new IllegalArgumentException(
                    "level " + name + " needs every of at least 1 and times of at least 0, got " + every + ", "
                            + stallNanos + ", " + persistNanos + " and " + restoreNanos + " ns");
        }
    }

    /** A level that the job waits for until it is safe. */
    public static CheckpointLevel blocking(String name, long writeNanos, long restoreNanos, Damage survives) {
        return new CheckpointLevel(name, 1, writeNanos, 0, restoreNanos, survives);
    }

    /** Whether its snapshots are left after a damage. */
    public boolean outlasts(Damage damage) {
        return damage.compareTo(survives) <= 0;
    }
}
