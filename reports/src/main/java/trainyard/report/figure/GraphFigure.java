package trainyard.report.figure;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Boxes joined by arrows: who waits for whom, or the parts of a system and what flows between them.
 *
 * @param text the words around the figure
 * @param arrangement how the boxes are placed
 * @param nodes in drawing order
 * @param edges arrows between nodes
 */
public record GraphFigure(FigureText text, Arrangement arrangement, List<Node> nodes, List<Edge> edges)
        implements Figure {

    /** How boxes are placed. */
    public enum Arrangement {
        /** In a circle, clockwise in the order of the nodes; suits graphs with cycles. */
        CIRCLE,
        /** In ranks along the arrows; suits flows from sources to sinks. */
        RANKS
    }

    /**
     * A box.
     *
     * @param id distinct key
     * @param label its name
     * @param note a second line, such as a rate; empty for none
     * @param emphasised drawn as part of what matters, such as a cycle
     */
    public record Node(String id, String label, String note, boolean emphasised) {

        public Node {
            Require.text(id, "node id");
            Require.text(label, "label of node '" + id + "'");
            Objects.requireNonNull(note, "note");
        }
    }

    /**
     * An arrow.
     *
     * @param from id of where it starts
     * @param to id of where it points; another node
     * @param label printed at its middle; empty for none
     * @param emphasised drawn as part of what matters
     */
    public record Edge(String from, String to, String label, boolean emphasised) {

        public Edge {
            Require.text(from, "from");
            Require.text(to, "to");
            Objects.requireNonNull(label, "label");
            Require.that(!from.equals(to), "an arrow must join two nodes, but both ends are '" + from + "'");
        }
    }

    public GraphFigure {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(arrangement, "arrangement");
        nodes = Require.notEmpty(nodes, "nodes of '" + text.title() + "'");
        edges = List.copyOf(edges);
        Set<String> ids = new HashSet<>();
        for (Node node : nodes) {
            Require.that(ids.add(node.id()), "node '" + node.id() + "' appears twice");
        }
        for (Edge edge : edges) {
            Require.that(ids.contains(edge.from()), "arrow starts at unknown node '" + edge.from() + "'");
            Require.that(ids.contains(edge.to()), "arrow points at unknown node '" + edge.to() + "'");
        }
    }
}
