package trainyard.scenario.workload;

import java.util.List;

/**
 * A row of a Gantt chart: what one party did.
 *
 * @param name who, such as {@code job} or {@code node 17}
 * @param spans in the order of their starts
 */
public record Lane(String name, List<Span> spans) {

    public Lane {
        spans = List.copyOf(spans);
    }

    /**
     * A stretch of time in a state.
     *
     * @param startSeconds its start, from the start of the replication
     * @param endSeconds its end, not before the start
     * @param state what was done, one of few words
     * @param label a remark; may be empty
     */
    public record Span(double startSeconds, double endSeconds, String state, String label) {}
}
