package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Shah et al. 2024 (FlashAttention-3), figures 5 and 6: head size 128, 16,384 tokens, width 2,048. */
class HopperAttentionTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final int TOKENS = 16_384;
    private static final int HEADS = 16;

    private static Operator.FlashAttention attention(AttentionKernel kernel, int length, boolean causal) {
        double batch = (double) TOKENS / length * HEADS;
        return new Operator.FlashAttention(
                "attention", batch, length, length, 128, 128, causal, causal ? 0.5 : 1, kernel, 0);
    }

    private static double teraflops(String gpu, AttentionKernel kernel, int length, boolean causal, boolean forward) {
        GpuSpec spec = CATALOG.gpu(gpu);
        KernelModel model = new KernelModel(spec, PrecisionRecipe.BF16, SoftwareProfiles.named("megatron-core-2024"));
        Operator.FlashAttention x = attention(kernel, length, causal);
        return forward
                ? x.forwardFlops() / model.forward(x).seconds() / 1e12
                : x.backwardFlops() / model.dataGradient(x).seconds() / 1e12;
    }

    /** A gap between kernels is all that is added. */
    @Test
    void kernelsReachThePrintedRates() {
        assertThat(teraflops("H100", AttentionKernel.FLASH_2, 16_384, false, true))
                .isCloseTo(370, within(1.0));
        assertThat(teraflops("H100", AttentionKernel.FLASH_2, 4096, true, true)).isCloseTo(319, within(1.5));
        assertThat(teraflops("H100", AttentionKernel.FLASH_2, 8192, false, false))
                .isCloseTo(318, within(1.0));
        assertThat(teraflops("H100", AttentionKernel.TRANSFORMER_ENGINE, 8192, true, true))
                .isCloseTo(529, within(2.5));
        assertThat(teraflops("H100", AttentionKernel.FLASH_3, 2048, false, false))
                .isCloseTo(501, within(4.0));
    }

    /** samuel-bohman/AI-benchmarking-guide, Azure_Results, 2025: 327.9 on H100, 329.3 on H200, 373.9 TFLOP/s on GB200. */
    @Test
    void flashAttention2GainsOnlyMultiprocessorsFromBlackwell() {
        assertThat(teraflops("H100", AttentionKernel.FLASH_2, 8192, true, true)).isCloseTo(327.9, within(8.0));
        assertThat(teraflops("H200", AttentionKernel.FLASH_2, 8192, true, true)).isCloseTo(329.3, within(8.0));
        assertThat(teraflops("GB200", AttentionKernel.FLASH_2, 8192, true, true))
                .isCloseTo(373.9, within(8.0));
    }

    @Test
    void ratesGoStraightOverTheLogarithmAndStayBeyondWhatWasMeasured() {
        double between = HopperAttention.CUDNN.share(true, true, Math.sqrt(2) * 1024);
        assertThat(between * 989).isCloseTo((410 + 484) / 2.0, within(1e-9));
        assertThat(HopperAttention.CUDNN.share(true, true, 64) * 989).isCloseTo(315, within(1e-9));
        assertThat(HopperAttention.CUDNN.share(true, true, 1e6) * 989).isCloseTo(539, within(1e-9));
    }

    @Test
    void causalBackwardLosesWhatForwardLoses() {
        assertThat(HopperAttention.FLASH_2.share(false, true, 4096) * 989).isCloseTo(310 * 319.0 / 368, within(1e-9));
    }

    /** pytorch/FBGEMM pull request 2546: 585.2 TFLOP/s at 500 W, where 700 W keep up 730. */
    @Test
    void lessPowerSlowsAttentionAsItSlowsProducts() {
        double full = teraflops("H100", AttentionKernel.FLASH_2, 8192, true, true);
        double capped = teraflops("H100-96", AttentionKernel.FLASH_2, 8192, true, true);
        assertThat(capped / full).isCloseTo(585.2 / 730, within(2e-3));
        assertThat(teraflops("H200", AttentionKernel.FLASH_2, 8192, true, true)).isCloseTo(full, within(1e-6));
    }
}
