package trainyard.sim.topology;

/**
 * A device of the topology.
 *
 * @param id dense number from 0
 * @param kind what it is
 * @param node node it belongs to, or {@link #NO_NODE} for switches of the fabric
 * @param index number among the vertices of this kind in its node, or in the fabric
 */
public record Vertex(int id, VertexKind kind, int node, int index) {

    /** The {@code node} of a vertex outside all nodes. */
    public static final int NO_NODE = -1;
}
