/**
 * {@code collective}: one collective operation on otherwise idle machines. Start at {@link
 * trainyard.scenario.workload.collective.CollectiveKind}.
 */
package trainyard.scenario.workload.collective;
