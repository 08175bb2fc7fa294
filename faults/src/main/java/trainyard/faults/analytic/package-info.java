/**
 * Closed forms of fault tolerance: what a checkpoint interval, a pool of spares, a placement of copies, a detector or a
 * backoff gives on average, without simulation. Each class holds one concept of the literature with its formula and its
 * source. They answer at once, and hold the simulation to account where its assumptions are theirs.
 *
 * <p>Symbols: M mean time between failures of the job, W useful work between two checkpoints, C time that a checkpoint
 * blocks, R time of a restore (which may itself fail), D time before a restore (which may not), N nodes. Failures are
 * exponential unless a class says otherwise.
 */
package trainyard.faults.analytic;
