package trainyard.parallel.step;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does.
 *
 * @param compute seconds of kernels that the model needs
 * @param recompute seconds of forward kernels run again
 * @param tensor seconds of waiting for tensor-parallel exchanges
 * @param context seconds of waiting for the ranks that hold the rest of the sequence
 * @param expert seconds of waiting for tokens on their way to and from the experts
 * @param slowest seconds of waiting for the slowest GPU of the job
 * @param data seconds of waiting for weights or gradients of the data-parallel ranks
 */
record PassCost(
        double compute, double recompute, double tensor, double context, double expert, double slowest, double data) {

    static final PassCost ZERO = new PassCost(0, 0, 0, 0);

    /** A pass that exchanges only with tensor-parallel ranks. */
    PassCost(double compute, double recompute, double tensor, double slowest) {
        this(compute, recompute, tensor, 0, 0, slowest, 0);
    }

    /** Waiting for data-parallel ranks alone. */
    static PassCost data(double seconds) {
        return new PassCost(0, 0, 0, 0, 0, 0, seconds);
    }

    /** Waiting for ranks that hold other parts of the sequence, or other experts, alone. */
    static PassCost waiting(double contextSeconds, double expertSeconds) {
        return new PassCost(0, 0, 0, contextSeconds, expertSeconds, 0, 0);
    }

    double seconds() {
        return compute + recompute + tensor + context + expert + slowest + data;
    }

    /** Seconds in one state; 0 for states that are no part of a pass. */
    double in(TimeState state) {
        return switch (state) {
            case COMPUTE -> compute;
            case RECOMPUTE -> recompute;
            case TENSOR_COMMUNICATION -> tensor;
            case CONTEXT_COMMUNICATION -> context;
            case EXPERT_COMMUNICATION -> expert;
            case SLOWEST_GPU -> slowest;
            case DATA_COMMUNICATION -> data;
            case PIPELINE_COMMUNICATION, BUBBLE, OPTIMIZER -> 0;
        };
    }

    /** The same pass on a GPU whose kernels wait for one that takes {@code ratio} times as long. */
    PassCost pacedBy(double ratio) {
        double waiting = (compute + recompute) * (ratio - 1);
        return new PassCost(compute, recompute, tensor, context, expert, slowest + waiting, data);
    }

    PassCost plus(PassCost other) {
        return new PassCost(
                compute + other.compute,
                recompute + other.recompute,
                tensor + other.tensor,
                context + other.context,
                expert + other.expert,
                slowest + other.slowest,
                data + other.data);
    }
}
