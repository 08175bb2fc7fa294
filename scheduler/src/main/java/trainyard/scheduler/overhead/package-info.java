/**
 * What starts, checkpoints, stops and failures of jobs cost: {@link trainyard.scheduler.overhead.RestartCosts} of each job,
 * {@link trainyard.scheduler.overhead.RestartRules} after failures.
 */
package trainyard.scheduler.overhead;
