/**
 * Replays a trace of nodes that come and go for systems whose throughput was measured by number of nodes: the life of a job,
 * {@link trainyard.faults.life.LifeSimulation}, with the recovery policy that does what the system does
 * ({@link trainyard.faults.replay.MeasuredSystem}) and the measured steps.
 */
package trainyard.faults.replay;
