/**
 * What a cell of a study simulates. A {@link trainyard.scenario.workload.WorkloadKind} is a kind of study with its section
 * of a scenario; bound to the values of a cell and to random numbers it is a
 * {@link trainyard.scenario.workload.Workload}, which comes to an {@link trainyard.scenario.workload.Outcome} in
 * {@link trainyard.scenario.workload.metric.Metric}s, with {@link trainyard.scenario.workload.detail.Details} for charts. Each
 * kind has a package of its own, named after its section; {@code step} is {@code job}.
 */
package trainyard.scenario.workload;
