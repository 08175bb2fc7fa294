package trainyard.parallel.step;

/**
 * One bar of the step's timeline.
 *
 * @param stage pipeline stage, from 0
 * @param stream what runs it: {@code compute}, {@code pipeline} or {@code data}
 * @param label what it is, such as {@code F3}, {@code W3} or {@code B3.1} (micro-batch 3, chunk 1)
 * @param kind which kind of work
 * @param startNanos start, from the step's start
 * @param endNanos end
 */
public record Span(int stage, String stream, String label, Kind kind, long startNanos, long endNanos) {

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
