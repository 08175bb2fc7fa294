package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/** One switch, large enough for every port of the cluster, that never is the bottleneck itself. */
final class SingleSwitch implements Fabric {

    private final double portBytesPerSecond;
    private final double portLatencySeconds;
    private int firstPortLink;

    SingleSwitch(ClusterSpec cluster) {
        portBytesPerSecond =
                cluster.node().nicBytesPerSecond() * cluster.fabric().achievedFraction();
        portLatencySeconds = cluster.fabric().latencySeconds() / 2;
    }

    @Override
    public void build(TopologyBuilder builder, int[] nics) {
        int center = builder.addVertex(VertexKind.LEAF, Vertex.NO_NODE, 0);
        firstPortLink = builder.links();
        for (int nic : nics) {
            builder.addCable(nic, center, LinkKind.NIC_PORT, portBytesPerSecond, portLatencySeconds);
        }
    }

    @Override
    public int route(int fromNic, int toNic, long hash, int[] into, int at) {
        into[at] = firstPortLink + 2 * fromNic;
        into[at + 1] = firstPortLink + 2 * toNic + 1;
        return at + 2;
    }

    @Override
    public int mostLinks() {
        return 2;
    }
}
