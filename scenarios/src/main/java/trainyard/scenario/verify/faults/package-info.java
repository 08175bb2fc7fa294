/**
 * Scores rows about failures, checkpoints and recovery: golden values of closed forms, published facts that a model of
 * ours predicts, and statistics of failure traces. {@link trainyard.scenario.verify.faults.FaultsSuite} tells the kinds of
 * table apart by their columns. Rows that feed the presets are inputs: they are skipped and never echoed as predictions.
 */
package trainyard.scenario.verify.faults;
