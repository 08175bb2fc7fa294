package trainyard.scenario.workload.detail;

import java.util.List;

/**
 * Boxes joined by arrows, for charts of kind {@code graph}: who waits for whom, or the parts of a system with their rates.
 *
 * @param title what it shows
 * @param shape how the boxes lie
 * @param nodes boxes in drawing order
 * @param edges arrows between them
 */
public record Graph(String title, Shape shape, List<Node> nodes, List<Edge> edges) {

    /** How the boxes lie. */
    public enum Shape {
        /** In a circle in their order, for graphs with cycles. */
        CIRCLE,
        /** In ranks along the arrows, for flows. */
        FLOW
    }

    /**
     * A box.
     *
     * @param name distinct within the graph
     * @param note a second line, such as {@code 81 % busy}; may be empty
     * @param emphasised whether it is part of what matters, such as a cycle or the busiest part
     */
    public record Node(String name, String note, boolean emphasised) {}

    /**
     * An arrow.
     *
     * @param from name of the box where it starts
     * @param to name of the box that it points at
     * @param label such as {@code 12 jobs/h}; may be empty
     * @param emphasised whether it is part of what matters
     */
    public record Edge(String from, String to, String label, boolean emphasised) {}

    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
