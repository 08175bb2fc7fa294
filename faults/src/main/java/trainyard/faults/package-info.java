/**
 * Failures, checkpoints and recovery of one long job on the virtual clock. {@code cause} says what goes wrong and when:
 * a timeline of faults that depends on seed and replication alone, so that every design meets the same ones.
 * {@code checkpoint} says what of the work survives a fault, {@code recovery} what the job does after it, and
 * {@code life} runs the job and accounts for every GPU-second. {@code analytic} holds the closed forms that the
 * simulation is held to.
 */
package trainyard.faults;
