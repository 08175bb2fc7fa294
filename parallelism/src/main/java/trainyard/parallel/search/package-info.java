/**
 * Finds the best plan for a job on a cluster. {@link trainyard.parallel.search.SearchSpace} says what may vary, {@link
 * trainyard.parallel.search.Candidates} lists the plans that contradict nothing, and {@link
 * trainyard.parallel.search.PlanSearch} leaves out what does not fit in memory or cannot be among the best, prices the rest
 * with the analytic step model and prices the winners again with the replay. To search a further dimension, add its values
 * to the space and a loop to the candidates.
 */
package trainyard.parallel.search;
