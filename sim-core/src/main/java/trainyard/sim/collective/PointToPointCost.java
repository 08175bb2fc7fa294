package trainyard.sim.collective;

/**
 * All-to-all and send-receive as messages straight from rank to rank.
 *
 * <p>Send-receive: {@code t = base + alpha + S / B}. All-to-all of {@code g} ranks on each of {@code m} nodes: a rank
 * sends {@code S/n} to each other rank, so {@code (g-1)/n S} stays on the links of the node and {@code (n-g)/n S} crosses
 * its ports; both run at once:
 *
 * <pre>{@code t = base + (g-1) alpha_in + (n-g) alpha_net + max((g-1)/n S / B_in, g max(n-g, o (n - L g))/n S / B_net)}</pre>
 *
 * <p>with {@code o} the oversubscription of the fabric and {@code L} the nodes of a leaf switch: what goes to nodes of other
 * leaves crosses uplinks, which together are {@code o} times slower than the ports. Where nodes hold unequal numbers of ranks the
 * slowest one decides. {@code base} and the step
 * latencies of send-receive are those of NCCL's Simple ring, {@code alpha} those of the links (interconnects.csv).
 */
final class PointToPointCost implements AlgorithmCost {

    private final NcclPlatform platform;

    PointToPointCost(NcclPlatform platform) {
        this.platform = platform;
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.POINT_TO_POINT;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return protocol == NcclProtocol.SIMPLE
                && (operation == Collective.ALL_TO_ALL || operation == Collective.SEND_RECV);
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        double base = platform.tuning().baseLatency(NcclAlgorithm.RING, NcclProtocol.SIMPLE);
        return base + (operation == Collective.SEND_RECV ? sendLatency(links) : allToAllLatency(links));
    }

    private double sendLatency(GroupLinks links) {
        int link = links.multiNode() ? NcclTuning.NET : platform.scaleUp().tuningLink();
        return platform.tuning().stepLatency(link, NcclAlgorithm.RING, NcclProtocol.SIMPLE)
                + links.netStepSeconds(NcclProtocol.SIMPLE);
    }

    private double allToAllLatency(GroupLinks links) {
        int ranksPerNode = links.shape().fewestPerNode();
        return (ranksPerNode - 1) * platform.scaleUp().latencySeconds()
                + (links.ranks() - ranksPerNode) * platform.fabricLatencySeconds();
    }

    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return seconds(operation, protocol, bytes, links);
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        double latency = latencySeconds(operation, protocol, bytes, links);
        int ranksPerNode = links.shape().ranksPerNode();
        double inside = ranksPerNode == 1 ? 0 : 1 / platform.scaleUp().pointToPointBandwidth(ranksPerNode);
        if (operation == Collective.SEND_RECV) {
            return latency + bytes * (links.multiNode() ? 1 / links.netBandwidth() : inside);
        }
        double share = bytes / links.ranks();
        double uplinks = Math.max(1, platform.uplinks().load(operation, links.nodes()));
        double across = messagesAcross(links) * share * uplinks;
        return latency + Math.max((ranksPerNode - 1) * share * inside, across / links.netBandwidth());
    }

    /** Messages of the node that takes longest to send them, as if it sent at the rate of the node with fewest ranks. */
    private double messagesAcross(GroupLinks links) {
        GroupShape shape = links.shape();
        double ofFewest = messagesAcross(shape, shape.fewestPerNode());
        if (shape.even()) {
            return ofFewest;
        }
        double slower = platform.netBandwidth(shape, shape.fewestPerNode())
                / platform.netBandwidth(shape, shape.ranksPerNode());
        return Math.max(ofFewest, messagesAcross(shape, shape.ranksPerNode()) * slower);
    }

    private static double messagesAcross(GroupShape shape, int ranksOnNode) {
        return ranksOnNode * (double) (shape.ranks() - ranksOnNode);
    }
}
