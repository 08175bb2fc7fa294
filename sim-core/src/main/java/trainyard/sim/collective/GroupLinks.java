package trainyard.sim.collective;

/**
 * The links that one group of ranks has at its disposal.
 *
 * @param shape how the ranks lie
 * @param ringBandwidth bus bandwidth of rings inside the slowest node, bytes/s
 * @param chainBandwidth twice the rate of chains inside the slowest node, bytes/s
 * @param netBandwidth what the group's ranks on the node with fewest of them can send to other nodes, bytes/s; infinite on
 *     one node
 * @param channels rings or trees that run side by side
 * @param searchChannels channels that NCCL's search found, for which its limits per channel are meant
 * @param treeDepth levels of a binary tree over the nodes, log2(nodes)
 * @param netStepSeconds what a step between nodes costs beyond NCCL's constant, which stands for InfiniBand
 * @param flushSeconds what the flush of a received message costs beyond that of InfiniBand
 */
record GroupLinks(
        GroupShape shape,
        double ringBandwidth,
        double chainBandwidth,
        double netBandwidth,
        int channels,
        int searchChannels,
        double treeDepth,
        double netStepSeconds,
        double flushSeconds) {

    int ranks() {
        return shape.ranks();
    }

    int nodes() {
        return shape.nodes();
    }

    boolean multiNode() {
        return shape.nodes() > 1;
    }

    /**
     * What a step between nodes costs beyond NCCL's constant. With the Simple protocol the receiver flushes what came past
     * the caches of its GPU; LL and LL128 have their flags within the data.
     */
    double netStepSeconds(NcclProtocol protocol) {
        return protocol == NcclProtocol.SIMPLE ? netStepSeconds + flushSeconds : netStepSeconds;
    }

    /** A ring passes each node's ports once per channel, so the slower of the two tiers limits it. */
    double ringBusBandwidth() {
        return Math.min(ringBandwidth, netBandwidth);
    }

    /** Twice the rate of a double binary tree. */
    double treeBusBandwidth() {
        return Math.min(chainBandwidth, treeNetBusBandwidth());
    }

    /**
     * The same of its hops between nodes alone. Over two nodes each node is the root of one tree and the leaf of the other, so
     * its ports carry each byte once; over more nodes, twice.
     */
    double treeNetBusBandwidth() {
        return nodes() == 2 ? 2 * netBandwidth : netBandwidth;
    }
}
