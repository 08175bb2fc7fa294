/**
 * What is trained: objectives with their stochastic gradients, computed for real. Start at {@link
 * trainyard.training.problem.Problem}; {@link trainyard.training.problem.DataOrder} says which examples a worker draws.
 */
package trainyard.training.problem;
