/**
 * {@code retry}: clients that all want the same of one store at the same time. Start at {@link
 * trainyard.scenario.workload.retry.RetryKind}.
 */
package trainyard.scenario.workload.retry;
