/**
 * What became of a run of a cluster: {@link trainyard.scheduler.run.outcome.ClusterOutcome}, with a {@link
 * trainyard.scheduler.run.outcome.JobOutcome} for each job and what it lost, and the tally of the control plane.
 */
package trainyard.scheduler.run.outcome;
