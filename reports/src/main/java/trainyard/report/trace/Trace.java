package trainyard.report.trace;

import java.util.List;

/**
 * A timeline of tracks and spans.
 *
 * @param tracks names of processes and threads; each span lies on one of them
 * @param spans stretches of time
 */
public record Trace(List<Track> tracks, List<Span> spans) {

    public Trace {
        tracks = List.copyOf(tracks);
        spans = List.copyOf(spans);
    }

    /**
     * One line of the timeline.
     *
     * @param processId node, stage or job; at least 0
     * @param processName printed once per process
     * @param threadId stream within the process; at least 0
     * @param threadName for example "compute" or "communication"
     */
    public record Track(int processId, String processName, int threadId, String threadName) {}

    /**
     * Something that takes time.
     *
     * @param processId track it lies on
     * @param threadId track it lies on
     * @param name printed in the span
     * @param category for filters, for example "forward"; empty for none
     * @param startNanos start, nanoseconds
     * @param durationNanos length, nanoseconds, at least 0
     */
    public record Span(int processId, int threadId, String name, String category, long startNanos, long durationNanos) {

        public Span {
            if (durationNanos < 0) {
                throw new IllegalArgumentException("span '" + name + "' lasts " + durationNanos + " ns");
            }
        }
    }
}
