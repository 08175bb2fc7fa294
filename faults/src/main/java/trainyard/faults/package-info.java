/**
 * Failures, checkpoints and recovery of one long job on the virtual clock. {@code cause} says what goes wrong and when:
 * a timeline of faults that depends on seed and replication alone, so that every design meets the same ones.
 * {@code detect} says when a fault is noticed, {@code checkpoint} what of the work survives it, {@code recovery} what the
 * job does after it, {@code retry} when it is started again, and {@code life} runs the job and accounts for every
 * GPU-second. {@code coordination} is about parties that wait, lead and hand work on. {@code analytic} holds the closed
 * forms that the simulation is held to.
 */
package trainyard.faults;
