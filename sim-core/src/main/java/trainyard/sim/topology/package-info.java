/**
 * Which wire joins what. {@link trainyard.sim.topology.Topology#build} turns a
 * {@link trainyard.sim.hardware.ClusterSpec} into vertices (GPUs, NICs, switches) and directed links with a capacity in
 * bytes/s and a latency in nanoseconds; {@link trainyard.sim.topology.EcmpRouter} answers over which links a message
 * from one GPU to another travels, also when links have failed. A node's inside is a
 * {@link trainyard.sim.topology.NodeWiring}, one class per kind; the network between nodes is a
 * {@link trainyard.sim.topology.Fabric}, one class per kind: {@code Clos} with its forms {@code FatTree} and {@code
 * RailOptimised}, {@code SingleSwitch}, {@code Torus}, {@code Dragonfly}, and {@code GraphFabric} for cables listed in a
 * file. Add a class there to add a topology.
 */
package trainyard.sim.topology;
