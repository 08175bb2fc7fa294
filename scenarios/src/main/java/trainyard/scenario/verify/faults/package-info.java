/**
 * Scores rows about failures, checkpoints and recovery. {@link trainyard.scenario.verify.faults.FaultsSuite} tells the kinds of
 * table apart by their columns: golden values of closed forms ({@code form}, played on the engine by {@code simulation}),
 * published facts that a model of ours predicts ({@code fact}), and among those statistics of failure traces ({@code trace}).
 * Rows that feed the presets are inputs: they are skipped and never echoed as predictions.
 */
package trainyard.scenario.verify.faults;
