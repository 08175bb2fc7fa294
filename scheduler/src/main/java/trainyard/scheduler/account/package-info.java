/**
 * Where the time of the GPUs of a cluster goes: one {@link trainyard.scheduler.account.GpuUse} at any time, summed exactly in a
 * {@link trainyard.scheduler.account.ClusterLedger}, by team.
 */
package trainyard.scheduler.account;
