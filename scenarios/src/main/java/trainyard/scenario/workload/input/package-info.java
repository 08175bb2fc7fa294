/** {@code input}: a job beside the path that feeds it with data. Start at {@link trainyard.scenario.workload.input.InputKind}. */
package trainyard.scenario.workload.input;
