/**
 * What a cluster is asked to do: jobs with their submission, their demand and their work. Lists of them come from traces
 * ({@code trainyard.scheduler.trace}) or from generators.
 */
package trainyard.scheduler.job;
