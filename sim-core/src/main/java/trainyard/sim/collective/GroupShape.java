package trainyard.sim.collective;

/**
 * How the ranks of one communicator lie on the nodes. A node is here what one scale-up domain joins: where the domain holds
 * several servers, as an NVL72 rack does, all of them together.
 *
 * @param ranksPerNode ranks of this group on each node it touches
 * @param nodes nodes it touches
 * @param groupsPerNode groups of this kind that are active on the same node at the same time and share its network
 *     ports; for the data-parallel groups of a plan with 8 tensor ranks per node this is 8
 */
public record GroupShape(int ranksPerNode, int nodes, int groupsPerNode) {

    public GroupShape {
        if (ranksPerNode < 1 || nodes < 1 || groupsPerNode < 1) {
            throw new IllegalArgumentException("ranksPerNode, nodes and groupsPerNode must be positive, got "
                    + ranksPerNode + ", " + nodes + ", " + groupsPerNode);
        }
    }

    /** A group inside one node. */
    public static GroupShape withinNode(int ranks) {
        return new GroupShape(ranks, 1, 1);
    }

    public int ranks() {
        return ranksPerNode * nodes;
    }
}
