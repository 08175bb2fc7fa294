package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/** Share of the data sheet's rate that the inner loop of a matrix product sustains on ordinary data. */
final class SustainedRate {

    /** Rows and columns of the matrices of the measurement below. */
    private static final double A100_CUBE = 8192;

    /**
     * A100 SXM, product of two such matrices of normally distributed 16-bit values through cuBLAS (He 2024, "Strangely,
     * matrix multiplications on GPUs run faster when given predictable data", measured 2022; 295 TFLOP/s on zeros, the
     * difference being the power limit).
     */
    private static final double A100_FLOPS_PER_SECOND = 258e12;

    /**
     * Sustained rate over the best rate of a search over shapes (MAMF): 258 over 271.2 TFLOP/s on the A100, taken for the
     * other GPUs too.
     */
    private static final double SUSTAINED_OVER_BEST = 258.0 / 271.2;

    /** Data-sheet rate of the A100 at 16 bits. */
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

    /** Rate of the measurement; where a GPU type has none, the A100's share of its own peak (assumed). */
    private static double measured(GpuSpec gpu) {
        double peak = gpu.peak(Precision.FP16);
        if (gpu.name().startsWith("A100-SXM")
                || gpu.measuredGemmFlopsPerSecond().isEmpty()) {
            return A100_FLOPS_PER_SECOND * peak / A100_PEAK;
        }
        return gpu.measuredGemmFlopsPerSecond().getAsDouble() * SUSTAINED_OVER_BEST;
    }
}
