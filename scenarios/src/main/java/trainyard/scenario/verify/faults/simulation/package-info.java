/**
 * Plays rows about failures on the engine. {@link trainyard.scenario.verify.faults.simulation.EngineSimulation} asks one file after
 * the other, of which each knows some metrics: nodes and repair, snapshots, detection, stragglers, storage.
 */
package trainyard.scenario.verify.faults.simulation;
