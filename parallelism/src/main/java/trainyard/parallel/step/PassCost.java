package trainyard.parallel.step;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does.
 *
 * @param compute seconds of kernels that the model needs
 * @param recompute seconds of forward kernels run again
 * @param tensor seconds of waiting for tensor-parallel exchanges
 */
record PassCost(double compute, double recompute, double tensor) {

    static final PassCost ZERO = new PassCost(0, 0, 0);

    double seconds() {
        return compute + recompute + tensor;
    }

    PassCost plus(PassCost other) {
        return new PassCost(compute + other.compute, recompute + other.recompute, tensor + other.tensor);
    }
}
