package trainyard.parallel.step.exchange;

import trainyard.sim.collective.GroupShape;

/**
 * Groups of ranks whose size is no divisor or multiple of a node, so that they lie on the nodes in different ways. Groups of
 * {@code ranks}, every {@code stride}-th rank, interleave in blocks of {@code ranks x stride} neighbours, which follow each
 * other through all stages. How a group lies depends only on where in a node it begins, so no rank is laid out.
 */
final class UnevenGroups {

    private final int ranks;
    private final int stride;
    private final int gpus;
    private final int gpusPerNode;
    private final int block;

    /** Blocks, from the first on, that begin at different places of a node. */
    private final int blocks;

    private UnevenGroups(int ranks, int stride, int gpus, int gpusPerNode) {
        this.ranks = ranks;
        this.stride = stride;
        this.gpus = gpus;
        this.gpusPerNode = gpusPerNode;
        this.block = ranks * stride;
        this.blocks = Math.min(Math.max(1, gpus / block), gpusPerNode / divisor(block, gpusPerNode));
    }

    /**
     * The group on most nodes, of these the one with fewest ranks on a node, beside as many groups as share the ports of the
     * busiest node.
     *
     * @param ranks ranks of a group, at least two
     * @param gpus ranks of the job, on more than one node
     */
    static GroupShape worst(int ranks, int stride, int gpus, int gpusPerNode) {
        return new UnevenGroups(ranks, stride, gpus, gpusPerNode).worst();
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private GroupShape worst() {
        int groups = mostGroups();
        if (stride >= gpusPerNode) {
            return new GroupShape(1, ranks, groups);
        }
        GroupShape worst = null;
        boolean[] seen = new boolean[gpusPerNode];
        for (int b = 0; b < blocks; b++) {
            for (int offset = 0; offset < stride; offset++) {
                int first = (b * block + offset) % gpusPerNode;
                if (!seen[first]) {
                    seen[first] = true;
                    GroupShape shape = from(first, groups);
                    worst = worst == null || isWorse(shape, worst) ? shape : worst;
                }
            }
        }
        return worst;
    }

    private static boolean isWorse(GroupShape a, GroupShape b) {
        if (a.nodes() != b.nodes()) {
            return a.nodes() > b.nodes();
        }
        return a.fewestPerNode() == b.fewestPerNode()
                ? a.ranksPerNode() > b.ranksPerNode()
                : a.fewestPerNode() < b.fewestPerNode();
    }

    /** The group whose first rank has this place in its node. The numbers of ranks on its inner nodes repeat. */
    private GroupShape from(int first, int groups) {
        int last = first + (ranks - 1) * stride;
        int nodes = last / gpusPerNode + 1;
        int most = 0;
        int fewest = ranks;
        for (int node = 0; node < Math.min(nodes - 1, 1 + stride); node++) {
            int on = ranksBefore((node + 1) * gpusPerNode - first) - ranksBefore(node * gpusPerNode - first);
            most = Math.max(most, on);
            fewest = Math.min(fewest, on);
        }
        int onLast = ranks - ranksBefore((nodes - 1) * gpusPerNode - first);
        return new GroupShape(ranks, nodes, Math.max(most, onLast), Math.min(fewest, onLast), groups);
    }

    /** Ranks of a group less than so far from its first. */
    private int ranksBefore(int distance) {
        return distance <= 0 ? 0 : Math.min(ranks, (distance + stride - 1) / stride);
    }

    /** The most groups on one node that reach beyond it. Nodes are alike but for those where a block begins. */
    private int mostGroups() {
        int most = 0;
        for (int b = 0; b < blocks; b++) {
            int node = b * block / gpusPerNode;
            most = Math.max(most, Math.max(groupsAcross(node), groupsAcross(node + 1)));
        }
        return most;
    }

    /** Of the groups of each block that have a rank on the node, those that lie on it as a whole do not count. */
    private int groupsAcross(int node) {
        int begin = node * gpusPerNode;
        int end = Math.min(begin + gpusPerNode, gpus);
        int groups = 0;
        for (int first = begin / block * block; first < end; first += block) {
            int from = Math.max(begin, first);
            int there = Math.min(stride, Math.min(end, first + block) - from);
            int whole = Math.min(first + stride, end - (ranks - 1) * stride) - from;
            groups += there - Math.max(0, whole);
        }
        return groups;
    }
}
