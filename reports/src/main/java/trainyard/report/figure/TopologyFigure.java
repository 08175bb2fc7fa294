package trainyard.report.figure;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A network in layers, its links coloured by load.
 *
 * @param text the words around the figure
 * @param layers names of the layers, top to bottom, for example "Spine", "Leaf", "Node"
 * @param nodes every node lies in one layer, in drawing order from left to right
 * @param links between nodes
 */
public record TopologyFigure(FigureText text, List<String> layers, List<Node> nodes, List<Link> links)
        implements Figure {

    /**
     * A switch, a server or a GPU.
     *
     * @param id distinct key
     * @param label printed in the node; empty for none
     * @param layer index into the figure's layers
     * @param state whether it works
     */
    public record Node(String id, String label, int layer, State state) {

        public Node {
            Require.text(id, "node id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(state, "state");
        }
    }

    /** Whether a node or link works. */
    public enum State {
        /** Works. */
        UP,
        /** Works below its rate. */
        DEGRADED,
        /** Does not work. */
        DOWN
    }

    /**
     * A cable or a bundle of cables.
     *
     * @param from id of one end
     * @param to id of the other end
     * @param load share of its capacity in use, in [0, 1]
     * @param state whether it works
     */
    public record Link(String from, String to, double load, State state) {

        public Link {
            Require.text(from, "from");
            Require.text(to, "to");
            Objects.requireNonNull(state, "state");
            Require.that(
                    load >= 0 && load <= 1,
                    "load of link " + from + " to " + to + " must lie in [0, 1], but is " + load);
        }
    }

    public TopologyFigure {
        Objects.requireNonNull(text, "text");
        layers = Require.notEmpty(layers, "layers of '" + text.title() + "'");
        nodes = Require.notEmpty(nodes, "nodes of '" + text.title() + "'");
        links = List.copyOf(links);
        Set<String> ids = new HashSet<>();
        for (Node node : nodes) {
            Require.that(ids.add(node.id()), "node '" + node.id() + "' appears twice");
            Require.that(
                    node.layer() >= 0 && node.layer() < layers.size(),
                    "node '" + node.id() + "' lies in layer " + node.layer() + " of " + layers.size());
        }
        for (Link link : links) {
            Require.that(ids.contains(link.from()), "link starts at unknown node '" + link.from() + "'");
            Require.that(ids.contains(link.to()), "link ends at unknown node '" + link.to() + "'");
        }
    }
}
