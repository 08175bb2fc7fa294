/**
 * What a cell of a study simulates. A {@link trainyard.scenario.workload.WorkloadKind} is a kind of study with its section
 * of a scenario; bound to the values of a cell and to random numbers it is a
 * {@link trainyard.scenario.workload.Workload}, which comes to an {@link trainyard.scenario.workload.Outcome} in
 * {@link trainyard.scenario.workload.Metric}s.
 */
package trainyard.scenario.workload;
