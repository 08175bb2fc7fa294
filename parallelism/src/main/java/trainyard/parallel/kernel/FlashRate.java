package trainyard.parallel.kernel;

import java.util.OptionalDouble;
import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Share of the tensor-core peak that fused attention reaches, head size 128.
 *
 * <p>A100, long sequences: FlashAttention 124 and 110 TFLOP/s forward and backward, FlashAttention-2 200 and 170, of 312 (Dao
 * 2023, figures 4 to 6, causal). H100: {@link HopperAttention}, by length. FlashAttention there: as much less than
 * FlashAttention-2 as on the A100 (assumed), in Triton too. Other generations: those before Hopper as the A100, AMD's as the
 * H100 (assumed); Blackwell in the constants below, FlashAttention-2 and 3 there as fast a multiprocessor as on the H100, since
 * they do not use what Blackwell added: 373.9 TFLOP/s on GB200 and 327.9 on H100, 8,192 tokens
 * (samuel-bohman/AI-benchmarking-guide, Azure_Results, 2025).
 */
final class FlashRate {

    /**
     * FlashAttention-2 over FlashAttention in Triton on the A100: 1.3 to 2.5 times as fast, the least of it forward, where
     * 1.3 to 1.5 is stated, and about twice backward (Dao 2023, section 4.1, recalled).
     */
    private static final double FLASH_2_OVER_TRITON_FORWARD = 1.4;

    private static final double FLASH_2_OVER_TRITON_BACKWARD = 2.0;

    /**
     * cuDNN 9.13 on B200: FlashAttention-4 reaches 1,613 TFLOP/s of 2,250, up to 1.3 times as fast (Zadouri et al. 2026,
     * arXiv 2603.05451, abstract). Exponentials and shared memory, which Blackwell did not speed up, bound both passes. cuDNN
     * 9.19 reaches 1,598 and 1,311 TFLOP/s of 2,500 in ten runs on a GB200 (NVIDIA/cudnn-frontend,
     * sdpa_benchmark_training/results/gb200_919_only_cudnn, 8,192 tokens), 0.55 and 0.45 at the share of its best clock that a
     * GPU keeps up.
     */
    private static final double BLACKWELL_FORWARD = 1613 / 1.3 / 2250;

    /** As much less than forward as FlashAttention-4 (Dao-AILab/flash-attention pull request 2280: causal, 8,192 tokens). */
    private static final double BLACKWELL_BACKWARD = BLACKWELL_FORWARD * 1117.9 / 1418.1;

    /**
     * cuDNN 9 on H100 with heads of 64: 408 against 609 TFLOP/s with heads of 128, 4,096 tokens (Shah et al. 2024, figure 5):
     * as many exponentials for half of the products.
     */
    private static final double NARROW_HEADS = 408.0 / 609;

    /**
     * The same on GB200: with cuDNN 9.19 and a window of 1,024 of 4,096 tokens 574 and 617 TFLOP/s with heads of 64, whose tiles
     * of 128 compute 1 + 128 / 1024 of it, against 1,335 and 1,132 with heads of 128, whose tiles compute 1 + 128 / 4096
     * (NVIDIA/cudnn-frontend, as above, February 2026).
     */
    private static final double BLACKWELL_NARROW_FORWARD = 574 * (1 + 128.0 / 1024) / (1335 * (1 + 128.0 / 4096));

    private static final double BLACKWELL_NARROW_BACKWARD = 617 * (1 + 128.0 / 1024) / (1132 * (1 + 128.0 / 4096));

    private static final int NARROW_HEAD_SIZE = 64;

    /** The H100 SXM of 700 W, FLOP/s in 16 bits ({@code gpus.csv}). */
    private static final double MEASURED_BOARD_SUSTAINED = 730e12;

    private static final double MEASURED_BOARD_PEAK = HopperAttention.PEAK * 1e12;
    private static final double MEASURED_BOARD_PROCESSORS = 132;

    private FlashRate() {}

    /** Share of what heads of 128 reach: less on narrow heads where exponentials bound attention. */
    static double headShare(AttentionKernel kernel, Architecture architecture, double headSize, boolean forward) {
        boolean bound = architecture.isAtLeast(Architecture.HOPPER)
                && (kernel == AttentionKernel.TRANSFORMER_ENGINE || kernel == AttentionKernel.FLASH_3);
        if (!bound || headSize > NARROW_HEAD_SIZE) {
            return 1;
        }
        if (architecture != Architecture.BLACKWELL || kernel != AttentionKernel.TRANSFORMER_ENGINE) {
            return NARROW_HEADS;
        }
        return forward ? BLACKWELL_NARROW_FORWARD : BLACKWELL_NARROW_BACKWARD;
    }

    /**
     * How much slower a Hopper GPU computes attention than the board that was measured: as much as products, where less power
     * keeps these below that board's sustained rate (assumed: one clock drives both).
     */
    static double powerShare(GpuSpec gpu) {
        if (gpu.architecture() != Architecture.HOPPER) {
            return 1;
        }
        double measured = MEASURED_BOARD_SUSTAINED / MEASURED_BOARD_PEAK;
        OptionalDouble sustained = gpu.sustainedGemm(Precision.BF16);
        return sustained.isEmpty() ? 1 : Math.min(1, sustained.getAsDouble() / gpu.peak(Precision.FP16) / measured);
    }

    /** Whether the share of causal attention holds for the FLOPs that are needed, not for those of whole tiles. */
    static boolean countsDiagonal(AttentionKernel kernel, Architecture architecture) {
        boolean ofBlackwell = kernel == AttentionKernel.TRANSFORMER_ENGINE && architecture == Architecture.BLACKWELL;
        return architecture.isAtLeast(Architecture.HOPPER) && !ofBlackwell;
    }

    /**
     * Share in (0, 1) of the tensor-core peak of a GPU.
     *
     * @param keys tokens that a query may see
     * @throws IllegalArgumentException if the attention is not one kernel
     */
    static double share(AttentionKernel kernel, GpuSpec gpu, boolean forward, boolean causal, double keys) {
        Architecture architecture = gpu.architecture();
        boolean hopper = architecture.isAtLeast(Architecture.HOPPER);
        return switch (kernel) {
            case FLASH ->
                hopper
                        ? HopperAttention.FLASH_2.share(forward, causal, keys)
                                * hopperRate(gpu)
                                * ampere(forward, 0.40, 0.35)
                                / ampere(forward, 0.62, 0.54)
                        : ampere(forward, 0.40, 0.35);
            case FLASH_TRITON ->
                share(AttentionKernel.FLASH_2, gpu, forward, causal, keys)
                        / (forward ? FLASH_2_OVER_TRITON_FORWARD : FLASH_2_OVER_TRITON_BACKWARD);
            case FLASH_2 ->
                hopper
                        ? HopperAttention.FLASH_2.share(forward, causal, keys) * hopperRate(gpu)
                        : ampere(forward, 0.62, 0.54);
            case FLASH_3 -> HopperAttention.FLASH_3.share(forward, causal, keys) * hopperRate(gpu);
            case TRANSFORMER_ENGINE ->
                switch (architecture) {
                    case BLACKWELL -> forward ? BLACKWELL_FORWARD : BLACKWELL_BACKWARD;
                    case HOPPER, CDNA2, CDNA3, CDNA4 -> HopperAttention.CUDNN.share(forward, causal, keys);
                    default -> ampere(forward, 0.62, 0.54);
                };
            case FUSED_SOFTMAX, UNFUSED -> throw new IllegalArgumentException(kernel + " is not one kernel");
        };
    }

    /** What the tensor cores of the H100 reach over those of a later GPU, for each multiprocessor. */
    private static double hopperRate(GpuSpec gpu) {
        if (gpu.architecture() != Architecture.BLACKWELL) {
            return 1;
        }
        return MEASURED_BOARD_PEAK / MEASURED_BOARD_PROCESSORS / (gpu.peak(Precision.FP16) / gpu.smCount());
    }

    private static double ampere(boolean forward, double forwardShare, double backwardShare) {
        return forward ? forwardShare : backwardShare;
    }
}
