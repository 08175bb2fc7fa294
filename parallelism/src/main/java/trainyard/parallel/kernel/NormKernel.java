package trainyard.parallel.kernel;

/**
 * Generations of the layer-norm kernel. Shares of the peak memory bandwidth that each reaches: NVIDIA/apex pull request
 * 1037 (January 2021), A100 with 1,555 GB/s, 16,384 x 1,024 values: 896 GB/s forward and 572 GB/s backward for the kernel
 * of 2019, 1,258 and 1,163 GB/s for the one that keeps the row in registers.
 */
public enum NormKernel {
    /** Reads the row twice forward and the gradients twice backward. */
    TWO_PASS(896.0 / 1555, 572.0 / 1555),
    /** Reads everything once; the default of Megatron-LM since November 2021. */
    PERSISTENT(1258.0 / 1555, 1163.0 / 1555);

    private final double forwardShare;
    private final double backwardShare;

    NormKernel(double forwardShare, double backwardShare) {
        this.forwardShare = forwardShare;
        this.backwardShare = backwardShare;
    }

    /** Share of the peak bandwidth forward, in (0, 1). */
    public double forwardShare() {
        return forwardShare;
    }

    /** Share of the peak bandwidth backward, in (0, 1). */
    public double backwardShare() {
        return backwardShare;
    }
}
