package trainyard.parallel.kernel;

import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.Architecture;

/**
 * Share of the tensor-core peak that fused attention reaches on long sequences, head size 128.
 *
 * <p>A100: FlashAttention 124 and 110 TFLOP/s forward and backward, FlashAttention-2 200 and 170, of 312 (Dao 2023, figures
 * 4 to 6, causal). H100: FlashAttention-3 600 and 480 of 989 (Shah et al. 2024, figures 5 and 6), cuDNN 9 on a par with it
 * (same figures), FlashAttention-2 35 % (same, abstract), because it does not use what Hopper added. FlashAttention there:
 * as much less than FlashAttention-2 as on the A100 (assumed), in Triton too. Other generations: those before Hopper as the
 * A100, AMD's as the H100 (assumed); Blackwell in the constants below, FlashAttention-2 and 3 there as on the H100 (assumed).
 */
final class FlashRate {

    private static final double HOPPER_FLASH_2 = 0.35;

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

    /** As much less than forward as on Hopper (assumed). */
    private static final double BLACKWELL_BACKWARD = BLACKWELL_FORWARD * 0.48 / 0.60;

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
     * Share in (0, 1).
     *
     * @throws IllegalArgumentException if the attention is not one kernel
     */
    static double share(AttentionKernel kernel, Architecture architecture, boolean forward) {
        boolean hopper = architecture.isAtLeast(Architecture.HOPPER);
        return switch (kernel) {
            case FLASH ->
                hopper
                        ? HOPPER_FLASH_2 * ampere(forward, 0.40, 0.35) / ampere(forward, 0.62, 0.54)
                        : ampere(forward, 0.40, 0.35);
            case FLASH_TRITON ->
                share(AttentionKernel.FLASH_2, architecture, forward)
                        / (forward ? FLASH_2_OVER_TRITON_FORWARD : FLASH_2_OVER_TRITON_BACKWARD);
            case FLASH_2 -> hopper ? HOPPER_FLASH_2 : ampere(forward, 0.62, 0.54);
            case FLASH_3 -> forward ? 0.60 : 0.48;
            case TRANSFORMER_ENGINE -> transformerEngine(architecture, forward);
            case FUSED_SOFTMAX, UNFUSED -> throw new IllegalArgumentException(kernel + " is not one kernel");
        };
    }

    private static double transformerEngine(Architecture architecture, boolean forward) {
        return switch (architecture) {
            case BLACKWELL -> forward ? BLACKWELL_FORWARD : BLACKWELL_BACKWARD;
            case HOPPER, CDNA2, CDNA3, CDNA4 -> share(AttentionKernel.FLASH_3, architecture, forward);
            default -> share(AttentionKernel.FLASH_2, architecture, forward);
        };
    }

    private static double ampere(boolean forward, double forwardShare, double backwardShare) {
        return forward ? forwardShare : backwardShare;
    }
}
