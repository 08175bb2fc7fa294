/**
 * What of the work survives a fault. A {@link trainyard.faults.checkpoint.CheckpointPlan} says at which steps snapshots
 * are taken, on which levels (memory of peers, local disks, shared storage), how long the job waits for them and when
 * they are safe; a {@link trainyard.faults.checkpoint.CheckpointClock} answers by arithmetic how far a run is at any time.
 * A {@link trainyard.faults.checkpoint.SnapshotStore} holds what is safe: which copies a fault destroys follows from the
 * {@link trainyard.faults.checkpoint.CopyPlacement}, which old snapshots are kept from the
 * {@link trainyard.faults.checkpoint.Retention}.
 */
package trainyard.faults.checkpoint;
