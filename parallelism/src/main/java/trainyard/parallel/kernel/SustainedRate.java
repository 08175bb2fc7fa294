package trainyard.parallel.kernel;

import java.util.OptionalDouble;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Share of the data sheet's rate that the inner loop of a matrix product sustains on ordinary data. Tensor cores at full
 * load reach the power limit and lower the clock, the more the more bits of their operands change (He 2024, "Strangely,
 * matrix multiplications on GPUs run faster when given predictable data").
 */
final class SustainedRate {

    /** Rows and columns of the matrices that were measured. */
    private static final double CUBE = 8192;

    /**
     * Sustained rate over the best rate of a search over shapes (MAMF) by generation, at 16 bits: A100 SXM (He 2024; 295
     * TFLOP/s on zeros), H100 SXM (huggingface/gpu-fryer, README, 2025; its pull request 9 found about as much in runs of
     * ten minutes elsewhere) and B200 (mit-orcd/orcd-benchmarks, b300-nodes/COMPARISON-b200-vs-b300.md, 2026: gpu-fryer for
     * five minutes on all GPUs of ten nodes at once, 1,437 to 1,465 TFLOP/s; mghpcc/aicr-benchmarks, 2026: 1,491 on 29
     * others). Taken for GPUs of the generation with a best rate only, H100's for AMD too (assumed).
     */
    private static final double AMPERE_OVER_BEST = 258.0 / 271.2;

    private static final double HOPPER_OVER_BEST = 730.0 / 794.5;
    private static final double BLACKWELL_OVER_BEST = 1456.0 / 1745;

    /**
     * The same over the data sheet's rate, for GPUs of which nothing is measured: A100, H100, B300 (1,521 TFLOP/s, the same
     * comparison).
     */
    private static final double AMPERE_OVER_PEAK = 258.0 / 312;

    private static final double HOPPER_OVER_PEAK = 730.0 / 989;
    private static final double BLACKWELL_OVER_PEAK = 1521.0 / 2250;

    /**
     * Best 8-bit over best 16-bit rate, H100 and B200 (stas00/ml-engineering, compute/accelerator/README.md, 2025); taken for
     * the other GPUs of the generation, and Hopper's for those before it and those of AMD. The rate sustained at 8 bits is assumed to fall as
     * far below the best as at 16 bits. On B200 that gives 2,864 TFLOP/s; cuBLASLt sustains 2,524 on random bytes, which
     * take the most power, and gpu-fryer 4,008 where all values are equal, which take the least (the same comparison).
     */
    private static final double HOPPER_8_OVER_16 = 1402.6 / 794.5;

    private static final double BLACKWELL_8_OVER_16 = 3432.5 / 1745;

    /** 4-bit rate that cuBLASLt sustains on the B300 for a minute over the data sheet's 13.5 PFLOP/s (the same comparison). */
    private static final double BLACKWELL_4_BIT_OVER_PEAK = 6877.0 / 13_500;

    private SustainedRate() {}

    /** Seconds of an m x n x k product if the inner loop ran at a share of the data sheet's rate. */
    interface AtShare {
        double seconds(double m, double n, double k, double share);
    }

    /**
     * The share at which the product takes as long as was measured: of its time at full rate, what a half of the rate adds
     * is the inner loop's, which the share divides; the rest stays.
     *
     * @param precision format of the operands
     * @param model time of a product of such operands
     */
    static double share(GpuSpec gpu, Precision precision, AtShare model) {
        double atPeak = model.seconds(CUBE, CUBE, CUBE, 1);
        double inner = model.seconds(CUBE, CUBE, CUBE, 0.5) - atPeak;
        double measured = 2 * CUBE * CUBE * CUBE / flopsPerSecond(gpu, precision);
        return measured <= atPeak ? 1 : inner / (measured - (atPeak - inner));
    }

    private static double flopsPerSecond(GpuSpec gpu, Precision precision) {
        OptionalDouble sustained = gpu.sustainedGemm(precision);
        if (sustained.isPresent()) {
            return sustained.getAsDouble();
        }
        OptionalDouble best = gpu.measuredGemm(precision);
        if (best.isPresent() && precision.bytes() < Precision.FP16.bytes()) {
            return best.getAsDouble() * overBest(gpu);
        }
        return switch (precision) {
            case FP8 ->
                sixteenBits(gpu) * (isAtLeast(gpu, Architecture.BLACKWELL) ? BLACKWELL_8_OVER_16 : HOPPER_8_OVER_16);
            case FP4 -> gpu.peak(Precision.FP4) * BLACKWELL_4_BIT_OVER_PEAK;
            default -> sixteenBits(gpu) * gpu.peak(precision) / gpu.peak(Precision.FP16);
        };
    }

    private static double sixteenBits(GpuSpec gpu) {
        OptionalDouble sustained = gpu.sustainedGemm(Precision.BF16);
        if (sustained.isPresent()) {
            return sustained.getAsDouble();
        }
        OptionalDouble best = gpu.measuredGemm(Precision.BF16);
        return best.isPresent() ? best.getAsDouble() * overBest(gpu) : gpu.peak(Precision.FP16) * overPeak(gpu);
    }

    /** The GPU's own share where both rates are measured, else that of its generation. */
    private static double overBest(GpuSpec gpu) {
        OptionalDouble sustained = gpu.sustainedGemm(Precision.BF16);
        OptionalDouble best = gpu.measuredGemm(Precision.BF16);
        if (sustained.isPresent() && best.isPresent()) {
            return sustained.getAsDouble() / best.getAsDouble();
        }
        if (isAtLeast(gpu, Architecture.BLACKWELL)) {
            return BLACKWELL_OVER_BEST;
        }
        return isAtLeast(gpu, Architecture.HOPPER) ? HOPPER_OVER_BEST : AMPERE_OVER_BEST;
    }

    private static double overPeak(GpuSpec gpu) {
        if (isAtLeast(gpu, Architecture.BLACKWELL)) {
            return BLACKWELL_OVER_PEAK;
        }
        return isAtLeast(gpu, Architecture.HOPPER) ? HOPPER_OVER_PEAK : AMPERE_OVER_PEAK;
    }

    private static boolean isAtLeast(GpuSpec gpu, Architecture nvidia) {
        return gpu.architecture().isAtLeast(nvidia);
    }
}
