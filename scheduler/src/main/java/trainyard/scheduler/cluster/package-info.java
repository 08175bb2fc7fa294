/**
 * What a scheduler may give away: nodes with their GPUs, which of them are free
 * ({@link trainyard.scheduler.cluster.FreeGpus}), and the shares of nodes that make up a placement
 * ({@link trainyard.scheduler.cluster.NodeShares}).
 */
package trainyard.scheduler.cluster;
