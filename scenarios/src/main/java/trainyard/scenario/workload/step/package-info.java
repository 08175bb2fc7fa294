/** {@code job}: one step of a training job. Start at {@link trainyard.scenario.workload.step.StepKind}. */
package trainyard.scenario.workload.step;
