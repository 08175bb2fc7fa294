package trainyard.parallel.step;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does.
 *
 * @param compute seconds of kernels that the model needs
 * @param recompute seconds of forward kernels run again
 * @param tensor seconds of waiting for tensor-parallel exchanges
 * @param slowest seconds of waiting for the slowest GPU of the job
 */
record PassCost(double compute, double recompute, double tensor, double slowest) {

    static final PassCost ZERO = new PassCost(0, 0, 0, 0);

    double seconds() {
        return compute + recompute + tensor + slowest;
    }

    /** The same pass on a GPU whose kernels wait for one that takes {@code ratio} times as long. */
    PassCost pacedBy(double ratio) {
        return new PassCost(compute, recompute, tensor, slowest + (compute + recompute) * (ratio - 1));
    }

    PassCost plus(PassCost other) {
        return new PassCost(
                compute + other.compute, recompute + other.recompute, tensor + other.tensor, slowest + other.slowest);
    }
}
