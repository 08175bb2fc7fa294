/**
 * Failures, checkpoints and recovery of one long job on the virtual clock. Nothing is built here yet: the\n * package marks where a fault process, which changes the inventory and never a job, will live.
 */
package trainyard.faults;
