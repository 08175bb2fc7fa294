package trainyard.scenario.workload.detail;

import java.util.List;
import java.util.Set;

/**
 * A row of a Gantt chart: what one party did.
 *
 * @param name who, such as {@code job} or {@code node 17}
 * @param spans in the order of their starts
 * @param notable where it is not empty, a chart shows the lane only if in the time shown it changes and is in one of these
 *     states, or ends in another state than it begins with: for many nodes, of which few matter
 */
public record Lane(String name, List<Span> spans, Set<String> notable) {

    /** A lane that is always shown. */
    public Lane(String name, List<Span> spans) {
        this(name, spans, Set.of());
    }

    public Lane {
        spans = List.copyOf(spans);
        notable = Set.copyOf(notable);
    }

    /**
     * A stretch of time in a state.
     *
     * @param startSeconds its start, from the start of the replication
     * @param endSeconds its end, not before the start
     * @param state what was done, or whose it was, such as a team: one of few words, which name the colours
     * @param label a remark; may be empty
     * @param part what it takes of the lane where several share it, such as the GPUs that a job holds of a node
     */
    public record Span(double startSeconds, double endSeconds, String state, String label, Part part) {

        /** A stretch that has the lane to itself. */
        public Span(double startSeconds, double endSeconds, String state, String label) {
            this(startSeconds, endSeconds, state, label, Part.WHOLE);
        }
    }

    /**
     * Part of a lane, which has height 1.
     *
     * @param from where it starts, from 0
     * @param to where it ends, to 1
     */
    public record Part(double from, double to) {

        /** The whole lane. */
        public static final Part WHOLE = new Part(0, 1);

        public Part {
            if (!(0 <= from && from < to && to <= 1)) {
                throw new IllegalArgumentException("a part of a lane must lie in [0, 1], got " + from + " to " + to);
            }
        }

        /** Places {@code first} until before {@code first + count} of {@code all}, such as the GPUs of a node. */
        public static Part of(int first, int count, int all) {
            return new Part((double) first / all, (double) (first + count) / all);
        }
    }
}
