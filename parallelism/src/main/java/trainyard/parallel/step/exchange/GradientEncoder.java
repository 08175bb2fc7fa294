package trainyard.parallel.step.exchange;

import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.plan.GradientCompression;

/**
 * Device time to compress gradients with error feedback and to undo it, after the backward pass: both want the whole
 * device, so running them beside each other gains nothing (Agarwal et al. 2022, section 4). A compressor works tensor by
 * tensor, so its small kernels are bound by the host that launches them:
 *
 * <pre>  max( kernels x launch,  bytes / memory bandwidth ) </pre>
 *
 * Agarwal et al. 2022, table 2 (recalled), print for the 161 tensors and 25.6 million elements of ResNet-50 on a V100 16 ms
 * for signs, 45, 64 and 130 ms for PowerSGD of rank 4, 8 and 16, and 240, 289 and 295 ms for the largest 1, 10 and 20 %.
 */
final class GradientEncoder {

    /** Sign, error, packing and unpacking. */
    private static final double SIGN_KERNELS = 4;

    /** PowerSGD, paper-code/gradient_reducers.py: two products, two casts, error and copies of each matrix. */
    private static final double MATRIX_KERNELS = 10;

    /** Gram-Schmidt goes column by column: norm, division, product, scaling, subtraction. */
    private static final double COLUMN_KERNELS = 5;

    /** Bytes of a 32-bit element that is read with its error, twice multiplied, restored and subtracted. */
    private static final double POWERSGD_BYTES = 36;

    /** torch.topk on a V100 of 900 GB/s: selecting among all elements, and sorting what is kept; from the three times. */
    private static final double SELECT_SECONDS = 9.3e-9;

    private static final double SORT_SECONDS = 11.4e-9;
    private static final double SELECT_BYTES_PER_SECOND = 900e9;

    private final GradientCompression compression;
    private final KernelModel kernels;
    private final double launchSeconds;
    private final double bytesPerGradient;
    private final double memoryBytesPerSecond;

    /**
     * @param launchSeconds host time to launch a kernel
     * @param bytesPerGradient bytes of a gradient element in memory
     * @param memoryBytesPerSecond data-sheet rate of device memory
     */
    GradientEncoder(
            GradientCompression compression,
            KernelModel kernels,
            double launchSeconds,
            double bytesPerGradient,
            double memoryBytesPerSecond) {
        this.compression = compression;
        this.kernels = kernels;
        this.launchSeconds = launchSeconds;
        this.bytesPerGradient = bytesPerGradient;
        this.memoryBytesPerSecond = memoryBytesPerSecond;
    }

    /**
     * @param replicas replicas whose messages are undone
     */
    double seconds(GradientTensors gradients, double replicas) {
        double n = gradients.elements();
        double tensors = gradients.matrices() + gradients.vectors();
        double kept = n / compression.ratio();
        double error = 8;
        return switch (compression.method()) {
            case NONE -> 0;
            case FP16 -> bytes(2 * n * (bytesPerGradient + 2));
            case TOP_K ->
                (SELECT_SECONDS * n + SORT_SECONDS * kept) * SELECT_BYTES_PER_SECOND / memoryBytesPerSecond
                        + bytes(replicas * kept * 16 + n * bytesPerGradient);
            case SIGN -> longer(SIGN_KERNELS * tensors, n * (2 * bytesPerGradient + error + (1 + replicas) / 8));
            case ONE_BIT -> longer(SIGN_KERNELS * tensors, n * (2 * bytesPerGradient + 2 * error));
            case POWERSGD ->
                longer(
                        (MATRIX_KERNELS + COLUMN_KERNELS * compression.rank()) * gradients.matrices(),
                        POWERSGD_BYTES * gradients.matrixElements());
        };
    }

    private double longer(double kernelCount, double bytes) {
        return Math.max(kernelCount * launchSeconds, bytes(bytes));
    }

    private double bytes(double bytes) {
        return kernels.stream(bytes, 1).seconds();
    }
}
