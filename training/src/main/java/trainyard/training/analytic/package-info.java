/**
 * Closed forms of synchronous, asynchronous and low-communication SGD: how long an iteration takes, how stale a gradient is,
 * which learning rates are stable, and the exact moments of a quadratic with noise. They answer at once, and hold the
 * simulation to account where its assumptions are theirs. Each class holds one concept of the literature with its formula
 * and its source.
 *
 * <p>Symbols: P workers, K gradients that an update waits for, mu rate of an exponential compute time in 1/s, H_n = 1 + 1/2 +
 * ... + 1/n, lambda curvature, a learning rate times curvature, tau staleness: updates by anyone between a worker's read and
 * its push. Compute times are independent and alike and communication takes no time unless a class says otherwise.
 */
package trainyard.training.analytic;
