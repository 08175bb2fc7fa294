/**
 * What a job does after a fault. A {@link trainyard.faults.recovery.RecoveryPolicy} decides about nodes, one file per
 * policy: start again from the queue, replace what was lost, go on with what is left.
 * {@link trainyard.faults.recovery.RecoveryTimes} says how long each part of a stall takes.
 */
package trainyard.faults.recovery;
