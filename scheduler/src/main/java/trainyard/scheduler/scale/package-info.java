/**
 * Clusters that grow and shrink: an {@link trainyard.scheduler.scale.Autoscaler} orders and gives back nodes as a
 * {@link trainyard.scheduler.scale.ScalingRule} says.
 */
package trainyard.scheduler.scale;
