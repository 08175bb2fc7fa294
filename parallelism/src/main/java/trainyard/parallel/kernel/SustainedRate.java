package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/** Share of the data sheet's rate that the inner loop of a matrix product sustains on ordinary data. */
final class SustainedRate {

    /**
     * A100 SXM, product of two 8192 x 8192 matrices of normally distributed 16-bit values through cuBLAS: 258 TFLOP/s (He
     * 2024, "Strangely, matrix multiplications on GPUs run faster when given predictable data", measured 2022; 295 on
     * zeros, the difference being the power limit).
     */
    private static final double A100_CUBE = 8192;

    private static final double A100_FLOPS_PER_SECOND = 258e12;

    /**
     * Sustained rate over the best rate of a search over shapes (MAMF): 258 over 271.2 TFLOP/s on the A100, taken for the
     * other GPUs too.
     */
    private static final double SUSTAINED_OVER_BEST = 258.0 / 271.2;

    /** Where nothing is measured: the A100's share (assumed). */
    private static final double A100_PEAK = 312e12;

    private SustainedRate() {}

    /** Seconds of an m x n x k product if the inner loop ran at the data sheet's rate. */
    interface AtPeak {
        double seconds(double m, double n, double k);
    }

    static double share(GpuSpec gpu, AtPeak model) {
        double cube = A100_CUBE;
        double atPeak = 2 * cube * cube * cube / model.seconds(cube, cube, cube);
        return Math.min(1.0, measured(gpu) / atPeak);
    }

    private static double measured(GpuSpec gpu) {
        double peak = gpu.peak(Precision.FP16);
        if (gpu.name().startsWith("A100-SXM")
                || gpu.measuredGemmFlopsPerSecond().isEmpty()) {
            return A100_FLOPS_PER_SECOND * peak / A100_PEAK;
        }
        return gpu.measuredGemmFlopsPerSecond().getAsDouble() * SUSTAINED_OVER_BEST;
    }
}
