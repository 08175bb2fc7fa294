/**
 * What a scheduler may give away: pools of nodes with their islands and racks ({@link trainyard.scheduler.cluster.ClusterLayout}),
 * which GPUs of them are free ({@link trainyard.scheduler.cluster.FreeGpus}) and which nodes are there at all
 * ({@link trainyard.scheduler.cluster.NodeStatus}), and the shares of nodes that make up a placement
 * ({@link trainyard.scheduler.cluster.NodeShares}).
 */
package trainyard.scheduler.cluster;
