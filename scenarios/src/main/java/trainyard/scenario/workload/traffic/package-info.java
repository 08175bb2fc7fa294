/**
 * {@code traffic}: jobs that communicate at the same time on one fabric. Start at {@link
 * trainyard.scenario.workload.traffic.TrafficKind}.
 */
package trainyard.scenario.workload.traffic;
