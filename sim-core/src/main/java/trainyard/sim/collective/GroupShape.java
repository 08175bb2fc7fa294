package trainyard.sim.collective;

/**
 * How the ranks of one communicator lie on the nodes. A node is here what one scale-up domain joins: where the domain holds
 * several servers, as an NVL72 rack does, all of them together.
 *
 * @param ranks ranks of this group
 * @param nodes nodes it touches
 * @param ranksPerNode ranks on the node that holds most of them; on every node where they lie evenly
 * @param fewestPerNode ranks on the node that holds fewest of them
 * @param groupsPerNode groups of this kind that are active on the same node at the same time and share its network
 *     ports; for the data-parallel groups of a plan with 8 tensor ranks per node this is 8
 */
public record GroupShape(int ranks, int nodes, int ranksPerNode, int fewestPerNode, int groupsPerNode) {

    public GroupShape {
        if (ranksPerNode < 1 || nodes < 1 || groupsPerNode < 1) {
            throw new IllegalArgumentException("ranksPerNode, nodes and groupsPerNode must be positive, got "
                    + ranksPerNode + ", " + nodes + ", " + groupsPerNode);
        }
        if (fewestPerNode < 1 || fewestPerNode > ranksPerNode || !fits(ranks, nodes, ranksPerNode, fewestPerNode)) {
            throw new IllegalArgumentException(ranks + " ranks do not lie on " + nodes + " nodes with at most "
                    + ranksPerNode + " and at least " + fewestPerNode + " on each");
        }
    }

    /** The same number of ranks on every node. */
    public GroupShape(int ranksPerNode, int nodes, int groupsPerNode) {
        this(ranksPerNode * nodes, nodes, ranksPerNode, ranksPerNode, groupsPerNode);
    }

    /** Whether one node can hold {@code most} ranks, another {@code fewest}, and every further one a number between. */
    private static boolean fits(int ranks, int nodes, int most, int fewest) {
        long others = nodes - 1L;
        return nodes == 1
                ? ranks == most && ranks == fewest
                : most + others * fewest <= ranks && ranks <= others * most + fewest;
    }

    /** A group inside one node. */
    public static GroupShape withinNode(int ranks) {
        return new GroupShape(ranks, 1, 1);
    }

    /** A group that fills nodes one after the other, the last perhaps in part. */
    public static GroupShape filling(int ranks, int gpusPerNode) {
        int nodes = (ranks + gpusPerNode - 1) / gpusPerNode;
        int onLast = ranks - (nodes - 1) * gpusPerNode;
        return new GroupShape(ranks, nodes, Math.min(ranks, gpusPerNode), onLast, 1);
    }

    /** Whether every node holds the same number of ranks. */
    public boolean even() {
        return fewestPerNode == ranksPerNode;
    }

    /** Ranks on each node, by the node's place: most on the first, fewest on the last, the others as equal as may be. */
    public int ranksOn(int node) {
        if (even() || node == 0) {
            return ranksPerNode;
        }
        if (node == nodes - 1) {
            return fewestPerNode;
        }
        int between = ranks - ranksPerNode - fewestPerNode;
        return between / (nodes - 2) + (node <= between % (nodes - 2) ? 1 : 0);
    }
}
