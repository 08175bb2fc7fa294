/**
 * Who runs. A {@link trainyard.scheduler.policy.SchedulingPolicy} is told of jobs that arrive and end and decides, through a
 * {@link trainyard.scheduler.policy.SchedulingContext}, which start and which are preempted. One file per policy.
 */
package trainyard.scheduler.policy;
