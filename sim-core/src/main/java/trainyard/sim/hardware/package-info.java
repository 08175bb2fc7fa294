/**
 * What a cluster is made of: GPUs, nodes, scale-out fabrics. Every value carries where it comes from. Start
 * with {@link trainyard.sim.hardware.ClusterSpec}; named parts come from the catalogue shipped as resources.
 */
package trainyard.sim.hardware;
