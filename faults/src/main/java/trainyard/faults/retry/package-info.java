/**
 * Trying again: {@link trainyard.faults.retry.BackoffRule} says how long to wait before the next try, {@link
 * trainyard.faults.retry.RestartBudget} when to stop. {@link trainyard.faults.retry.RetrySimulation} watches one client,
 * {@link trainyard.faults.retry.HerdSimulation} many that want the same of one store at the same time.
 */
package trainyard.faults.retry;
