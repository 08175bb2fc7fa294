/**
 * The machines: nodes, their GPUs, and in which condition they are. {@link trainyard.scenario.section.cluster.ClusterSection}
 * is the section {@code cluster}.
 */
package trainyard.scenario.section.cluster;
