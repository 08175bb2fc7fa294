/**
 * Jobs that nobody recorded: when they come ({@link trainyard.scheduler.workload.ArrivalRate}), what they are
 * ({@link trainyard.scheduler.workload.JobLaw}), and jobs that depend on others: chains, and sweeps that stop poor trials. And
 * {@link trainyard.scheduler.workload.WorkloadCheck}, which looks over any list of jobs.
 */
package trainyard.scheduler.workload;
