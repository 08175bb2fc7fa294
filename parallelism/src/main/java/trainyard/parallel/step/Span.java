package trainyard.parallel.step;

/**
 * One bar of the step's timeline.
 *
 * @param stage pipeline stage, from 0
 * @param stream what runs it: {@code compute}, {@code pipeline} or {@code data}; where replicas differ, those of which it is
 *     are named behind {@link #OF_REPLICAS}
 * @param label what it is, such as {@code F3}, {@code W3} or {@code B3.1} (micro-batch 3, chunk 1)
 * @param kind which kind of work
 * @param startNanos start, from the step's start
 * @param endNanos end
 */
public record Span(int stage, String stream, String label, Kind kind, long startNanos, long endNanos) {

    /** Stands between a stream and the replicas of which it is, as in {@code compute of replica 3}. */
    public static final String OF_REPLICAS = " of replica ";

    /** Whether it is work of the GPUs themselves, not an exchange. */
    public boolean isCompute() {
        return stream.startsWith("compute");
    }

    /** Kinds of work, for colours. */
    public enum Kind {
        FORWARD,
        BACKWARD,
        INPUT_BACKWARD,
        WEIGHT_GRADIENT,
        SEND,
        GRADIENT_REDUCTION,
        PARAMETER_GATHER,
        OPTIMIZER
    }
}
