/**
 * What a job does after a fault. A {@link trainyard.faults.recovery.RecoveryPolicy}, one file each, sees a
 * {@link trainyard.faults.recovery.Situation} (which slots of the job lost their node or their state) and says how the job
 * goes on ({@link trainyard.faults.recovery.Reaction}), where its state comes from
 * ({@link trainyard.faults.recovery.StateSource}) and what a step is meanwhile ({@link trainyard.faults.recovery.Pace}).
 * {@link trainyard.faults.recovery.RecoveryTimes} says how long each part of a stall takes.
 */
package trainyard.faults.recovery;
