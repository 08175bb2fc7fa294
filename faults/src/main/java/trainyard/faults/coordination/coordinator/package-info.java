/**
 * A coordinator of training workers as it is often sketched: workers compute a step, meet in a barrier, and load the newest
 * checkpoint after a failure. {@link trainyard.faults.coordination.coordinator.Defect}s of the sketch can be kept or
 * repaired one by one.
 */
package trainyard.faults.coordination.coordinator;
