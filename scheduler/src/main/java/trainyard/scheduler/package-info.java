/**
 * A cluster under many jobs. Begin with {@link trainyard.scheduler.run.ClusterSimulation}: it plays a list of
 * {@link trainyard.scheduler.job.ClusterJob}s under a {@link trainyard.scheduler.policy.SchedulingPolicy} and a
 * {@link trainyard.scheduler.placement.Placement}.
 */
package trainyard.scheduler;
