/**
 * What of the work survives a fault. A {@link trainyard.faults.checkpoint.CheckpointPlan} says at which steps snapshots
 * are taken, on which levels (memory of a peer, local disk, shared storage), how long the job waits for them and when
 * they are safe; a {@link trainyard.faults.checkpoint.CheckpointClock} tells by arithmetic, without one event per
 * snapshot, how far a run has come at any time and what of it is safe.
 */
package trainyard.faults.checkpoint;
