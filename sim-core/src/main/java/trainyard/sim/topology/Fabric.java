package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/**
 * The switches and cables between nodes, with routes computed from their regular numbering. Network ports are numbered
 * through the cluster: port {@code j} of node {@code i} is {@code i * node.nics() + j}.
 */
interface Fabric {

    /**
     * Adds switches and cables.
     *
     * @param nics vertex of each network port of the cluster
     */
    void build(TopologyBuilder builder, int[] nics);

    /**
     * Writes the links of one of the equally short routes between two different ports.
     *
     * @param hash chooses among the routes; equal hashes choose equally
     * @param into receives the links from {@code at} on
     * @return position behind the last link written
     */
    int route(int fromNic, int toNic, long hash, int[] into, int at);

    /** Most links that a route between two ports has; detours around failures may be somewhat longer. */
    int mostLinks();

    /** The fabric that the cluster's data sheet names. */
    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        return switch (cluster.fabric().kind()) {
            case SINGLE_SWITCH -> new SingleSwitch(cluster);
            case FAT_TREE -> FatTree.of(cluster, options);
            case RAIL_OPTIMISED -> RailOptimised.of(cluster, options);
            case TORUS -> Torus.of(cluster, options);
            case DRAGONFLY -> Dragonfly.of(cluster, options);
            case GRAPH -> new GraphFabric(cluster);
        };
    }
}
