/**
 * Simulates golden values that the engine can produce. {@link trainyard.scenario.verify.sgd.simulation.TrainingSimulation} asks one
 * file after the other, of which each knows some quantities.
 */
package trainyard.scenario.verify.sgd.simulation;
