package trainyard.parallel.step;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does.
 *
 * @param compute seconds of kernels that the model needs
 * @param recompute seconds of forward kernels run again
 * @param tensor seconds of waiting for tensor-parallel exchanges
 * @param slowest seconds of waiting for the slowest GPU of the job
 * @param data seconds of waiting for weights or gradients of the data-parallel ranks
 */
record PassCost(double compute, double recompute, double tensor, double slowest, double data) {

    static final PassCost ZERO = new PassCost(0, 0, 0, 0);

    /** A pass that exchanges nothing with data-parallel ranks. */
    PassCost(double compute, double recompute, double tensor, double slowest) {
        this(compute, recompute, tensor, slowest, 0);
    }

    /** Waiting for data-parallel ranks alone. */
    static PassCost data(double seconds) {
        return new PassCost(0, 0, 0, 0, seconds);
    }

    double seconds() {
        return compute + recompute + tensor + slowest + data;
    }

    /** The same pass on a GPU whose kernels wait for one that takes {@code ratio} times as long. */
    PassCost pacedBy(double ratio) {
        return new PassCost(compute, recompute, tensor, slowest + (compute + recompute) * (ratio - 1), data);
    }

    PassCost plus(PassCost other) {
        return new PassCost(
                compute + other.compute,
                recompute + other.recompute,
                tensor + other.tensor,
                slowest + other.slowest,
                data + other.data);
    }
}
