/**
 * What a job has done, in {@code JobWork}: the {@code Run} under way, the {@code WorkHistory} of kept steps, its snapshots, whose
 * {@code SharedStore} may be away, {@code SilentErrors} with the {@code Inspection} that finds them, and {@code JobOutages},
 * during which it did nothing. {@code SnapshotEvents} sums up what the snapshots were good for.
 */
package trainyard.faults.life.work;
