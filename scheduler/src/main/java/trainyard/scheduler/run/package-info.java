/**
 * The life of a cluster: jobs arrive, a policy gives them GPUs, they end. {@link trainyard.scheduler.run.ClusterSimulation}
 * plays it on the virtual clock; {@link trainyard.scheduler.run.outcome.ClusterOutcome} holds what became of each job, and a {@link
 * trainyard.scheduler.run.watch.JobWatcher} is told of it meanwhile.
 */
package trainyard.scheduler.run;
