/**
 * The life of a cluster: jobs arrive, a policy gives them GPUs, they end. {@link trainyard.scheduler.run.ClusterSimulation}
 * plays it on the virtual clock; {@link trainyard.scheduler.run.ClusterOutcome} holds what became of each job.
 */
package trainyard.scheduler.run;
