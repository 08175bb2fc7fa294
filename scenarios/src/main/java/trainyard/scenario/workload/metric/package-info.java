/**
 * The numbers that workloads yield. A {@link trainyard.scenario.workload.metric.Metric} has a name, a unit and {@link
 * trainyard.scenario.workload.metric.Bounds}; {@link trainyard.scenario.workload.metric.Metrics} makes the usual ones. A {@link
 * trainyard.scenario.workload.metric.Statistic} is what is stated of one where that is not its mean. {@link
 * trainyard.scenario.workload.metric.DurationUnit} and {@link trainyard.scenario.workload.metric.Wording} say how both are
 * written for readers.
 */
package trainyard.scenario.workload.metric;
