/**
 * What starts, checkpoints, stops and failures of jobs cost: {@link trainyard.scheduler.cost.RestartCosts} of each job,
 * {@link trainyard.scheduler.cost.RestartRules} after failures.
 */
package trainyard.scheduler.cost;
