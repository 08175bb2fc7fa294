/**
 * Tasks on parallel machines: list scheduling and the longest first against the best there is
 * ({@link trainyard.scheduler.makespan.ParallelMachines}), and bookings of fixed times on as few machines as possible
 * ({@link trainyard.scheduler.makespan.IntervalPartitioning}).
 */
package trainyard.scheduler.makespan;
