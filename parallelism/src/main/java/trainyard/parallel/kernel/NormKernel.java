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
    PERSISTENT(1258.0 / 1555, 1163.0 / 1555),
    /**
     * RMS norm made of elementary kernels in 32 bits (aten/src/ATen/native/layer_norm.cpp, rms_norm before PyTorch 2.9): to
     * 32 bits, square, mean, product with the root, back, product with the scale are 36 bytes an element instead of 4
     * forward; their gradients 70 instead of 6, counted alike; each at 0.88 of the bandwidth.
     */
    COMPOSED(0.88 * 4 / 36, 0.88 * 6 / 70);

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
