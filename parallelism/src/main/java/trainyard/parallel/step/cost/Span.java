package trainyard.parallel.step.cost;

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
 * @param mix what the GPU is at meanwhile
 */
public record Span(int stage, String stream, String label, Kind kind, long startNanos, long endNanos, Mix mix) {

    /** Stands between a stream and the replicas of which it is, as in {@code compute of replica 3}. */
    public static final String OF_REPLICAS = " of replica ";

    /**
     * Shares of a bar; what is left of 1 is waiting for slower GPUs.
     *
     * @param compute kernels that the model needs
     * @param recompute kernels run again
     * @param communication waiting for exchanges within the pass
     */
    public record Mix(double compute, double recompute, double communication) {

        /** A bar of nothing but an exchange. */
        public static final Mix EXCHANGE = new Mix(0, 0, 1);

        /** The update of the parameters, which no FLOPs of the model are counted for. */
        public static final Mix UPDATE = new Mix(0, 0, 0);
    }

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
