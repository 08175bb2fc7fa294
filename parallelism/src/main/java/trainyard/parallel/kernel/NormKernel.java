package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Generations of the layer-norm kernel. Shares of the peak memory bandwidth that each reaches: NVIDIA/apex pull request
 * 1037 (January 2021), A100 with 1,555 GB/s, 16,384 x 1,024 values: 896 GB/s forward and 572 GB/s backward for the kernel
 * of 2019, 1,258 and 1,163 GB/s for the one that keeps the row in registers.
 *
 * <p>A kernel that leaves half of the bandwidth waits for its multiprocessors, not for the memory, so faster memory behind
 * the same multiprocessors, as of the A100 of 80 GB, does not make it faster. That is assumed from the measurement of 40 GB; none of
 * 80 GB was found.
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

    /** Memory of the GPU of the measurement, and the clocks of its 108 multiprocessors at 1.41 GHz. */
    private static final double MEASURED_BYTES_PER_SECOND = 1555e9;

    private static final double MEASURED_CLOCKS = 108 * 1.41e9;

    private final double forwardShare;
    private final double backwardShare;

    NormKernel(double forwardShare, double backwardShare) {
        this.forwardShare = forwardShare;
        this.backwardShare = backwardShare;
    }

    /** Bytes per second that the kernel moves on a GPU, forward or backward. */
    double bytesPerSecond(GpuSpec gpu, boolean forward) {
        double share = forward ? forwardShare : backwardShare;
        double ofMemory = share * gpu.memoryBytesPerSecond();
        if (this != TWO_PASS) {
            return ofMemory;
        }
        double ofProcessors = share * MEASURED_BYTES_PER_SECOND * clocks(gpu) / MEASURED_CLOCKS;
        return Math.min(ofMemory, ofProcessors);
    }

    /** Clocks of all multiprocessors of a GPU in a second. */
    private static double clocks(GpuSpec gpu) {
        double multiplyAdds = gpu.peak(Precision.FP16) / 2;
        return multiplyAdds / TensorCores.of(gpu.architecture()).multiplyAddsPerClock();
    }
}
