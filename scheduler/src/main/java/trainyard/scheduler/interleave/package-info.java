/**
 * Jobs that share GPUs in turns: how long an iteration of a group takes ({@link trainyard.scheduler.interleave.Interleaving}) and which jobs are
 * put together ({@link trainyard.scheduler.interleave.Grouping}), as Muri does.
 */
package trainyard.scheduler.interleave;
