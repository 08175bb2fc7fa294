/**
 * What happened within one replication, for charts that show more than its numbers: {@link
 * trainyard.scenario.workload.detail.Details}, made of lanes, series over time and graphs.
 */
package trainyard.scenario.workload.detail;
