package trainyard.parallel.kernel;

import trainyard.sim.hardware.Architecture;
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

    /**
     * The same on the H100 SXM at 16 bits, taken for later GPUs too: eight GPUs that multiply two random 8192 x 8192 matrices
     * of bf16 by cuBLAS, all at once and for a minute, reach 730 TFLOP/s (huggingface/gpu-fryer, README, 2025; its pull request
     * 9 found about as much in runs of ten minutes elsewhere), the best shape 794.5. Its 8-bit matrices hold one value, so
     * their rate, 1,530 TFLOP/s, is not that of ordinary data.
     */
    private static final double H100_SUSTAINED_OVER_BEST = 730.0 / 794.5;

    /** Data-sheet rate of the A100 at 16 bits. */
    private static final double A100_PEAK = 312e12;

    /**
     * Best 8-bit over best 16-bit rate, H100 and B200 (stas00/ml-engineering, compute/accelerator/README.md, 2025); taken for
     * the other GPUs of the generation, and Hopper's for those before it and those of AMD.
     */
    private static final double HOPPER_8_OVER_16 = 1402.6 / 794.5;

    private static final double BLACKWELL_8_OVER_16 = 3432.5 / 1745;

    /**
     * Best 4-bit rate over the data sheet's: 4.6 times the 8-bit rate of the H200 (1453.4 TFLOP/s) on a Blackwell GPU of 10
     * PFLOP/s (NVIDIA developer blog on cuBLAS 12.9, 2025; that this GPU is the GB200 is assumed).
     */
    private static final double BLACKWELL_4_BIT_SHARE = 4.6 * 1453.4 / 10_000;

    private SustainedRate() {}

    /** Seconds of an m x n x k product if the inner loop ran at the data sheet's rate. */
    interface AtPeak {
        double seconds(double m, double n, double k);
    }

    /**
     * @param precision format of the operands
     * @param model time of a product of such operands
     */
    static double share(GpuSpec gpu, Precision precision, AtPeak model) {
        double cube = A100_CUBE;
        double atPeak = 2 * cube * cube * cube / model.seconds(cube, cube, cube);
        return Math.min(1.0, measured(gpu, precision) / atPeak);
    }

    private static double measured(GpuSpec gpu, Precision precision) {
        if (gpu.measuredGemm(precision).isPresent() && precision.bytes() < Precision.FP16.bytes()) {
            return gpu.measuredGemm(precision).getAsDouble() * SUSTAINED_OVER_BEST;
        }
        boolean blackwell = gpu.architecture().isAtLeast(Architecture.BLACKWELL);
        return switch (precision) {
            case FP8 -> sixteenBits(gpu) * (blackwell ? BLACKWELL_8_OVER_16 : HOPPER_8_OVER_16);
            case FP4 -> gpu.peak(Precision.FP4) * BLACKWELL_4_BIT_SHARE * SUSTAINED_OVER_BEST;
            default -> sixteenBits(gpu) * gpu.peak(precision) / gpu.peak(Precision.FP16);
        };
    }

    private static boolean isA100(GpuSpec gpu) {
        return gpu.name().startsWith("A100-SXM");
    }

    /** Rate of the measurement at 16 bits; where a GPU type has none, the A100's share of its own peak (assumed). */
    private static double sixteenBits(GpuSpec gpu) {
        double peak = gpu.peak(Precision.FP16);
        if (isA100(gpu) || gpu.measuredGemm(Precision.BF16).isEmpty()) {
            return A100_FLOPS_PER_SECOND * peak / A100_PEAK;
        }
        boolean early = !gpu.architecture().isAtLeast(Architecture.HOPPER);
        return gpu.measuredGemm(Precision.BF16).getAsDouble()
                * (early ? SUSTAINED_OVER_BEST : H100_SUSTAINED_OVER_BEST);
    }
}
