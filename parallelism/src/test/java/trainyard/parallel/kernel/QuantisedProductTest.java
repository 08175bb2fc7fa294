package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

/** Products of linear layers in formats below 16 bits, with what brings their operands there. */
class QuantisedProductTest {

    private static final SoftwareProfile SOFTWARE = SoftwareProfiles.named("megatron-core-2024");
    private static final MatrixMultiply SQUARE = MatrixMultiply.ofWeight("square", 8192, 8192, 8192, 0);
    private static final double FLOPS = 2 * 8192.0 * 8192 * 8192;

    private final HardwareCatalog catalog = HardwareCatalog.load();

    private KernelModel kernels(String gpu, PrecisionRecipe recipe) {
        return new KernelModel(catalog.gpu(gpu), recipe, SOFTWARE);
    }

    /** Reads 2 + 2 bytes and writes 2 of 8192 x 8192 elements, in two kernels. */
    @Test
    void quantisesEveryOperandOnce() {
        GpuSpec gpu = catalog.gpu("H100");
        double product = new GemmModel(gpu).seconds(1, 8192, 8192, 8192, Precision.FP8, 2);
        double cast = 6 * 8192.0 * 8192 / MemoryBandwidth.achieved(gpu);
        assertThat(kernels("H100", PrecisionRecipe.FP8).forward(SQUARE).seconds())
                .isCloseTo(product + cast + 3 * KernelModel.GAP_SECONDS, within(1e-12));
        assertThat(kernels("H100", PrecisionRecipe.FP8).dataGradient(SQUARE).kernels())
                .isEqualTo(3);
        assertThat(kernels("H100", PrecisionRecipe.FP8).weightGradient(SQUARE).kernels())
                .isEqualTo(1);
    }

    /**
     * The best rates of a search over shapes times 0.951, what ordinary data leave of them (SustainedRate); a little more,
     * as time outside the inner loop does not grow when the clock falls.
     */
    @Test
    void reachesTheMeasuredRateOfItsFormat() {
        assertThat(rate("H100", PrecisionRecipe.FP8)).isBetween(0.95 * 1402.6e12, 0.99 * 1402.6e12);
        assertThat(rate("B200", PrecisionRecipe.MXFP8)).isBetween(0.95 * 3432.5e12, 0.99 * 3432.5e12);
        assertThat(rate("GB200", PrecisionRecipe.NVFP4)).isBetween(0.95 * 6686e12, 0.99 * 6686e12);
    }

    /** The MI300X has a measured rate at 16 bits, 668.4 TFLOP/s, but none at 8: Hopper's ratio is taken, not Blackwell's. */
    @Test
    void amdsEightBitProductsTakeHoppersRatio() {
        double ratio = 1402.6 / 794.5;
        assertThat(rate("MI300X", PrecisionRecipe.FP8)).isBetween(0.9 * ratio * 668.4e12, ratio * 668.4e12);
        double expected = rate("MI300X", PrecisionRecipe.BF16) * ratio;
        assertThat(rate("MI300X", PrecisionRecipe.FP8) / expected).isCloseTo(1, within(0.02));
    }

    private double rate(String gpu, PrecisionRecipe recipe) {
        GemmModel model = new GemmModel(catalog.gpu(gpu));
        return FLOPS / model.seconds(1, 8192, 8192, 8192, recipe.products(), 2);
    }

    @Test
    void leavesOthersInTheStorageFormat() {
        MatrixMultiply logits = SQUARE.unquantised();
        assertThat(kernels("B200", PrecisionRecipe.NVFP4).forward(logits))
                .isEqualTo(kernels("B200", PrecisionRecipe.BF16).forward(logits));
        MatrixMultiply scores = new MatrixMultiply("scores", 64, 2048, 2048, 128, false, true, 0);
        assertThat(kernels("B200", PrecisionRecipe.MXFP8).dataGradient(scores))
                .isEqualTo(kernels("B200", PrecisionRecipe.BF16).dataGradient(scores));
    }

    /** Weights that the optimizer does not quantise are quantised once a step. */
    @Test
    void quantisesRestingWeights() {
        assertThat(kernels("B200", PrecisionRecipe.MXFP8).quantiseWeights(1e9)).isEqualTo(KernelTime.ZERO);
        double bytes = 1e9 * (3 * 2 + 2 * 0.5625);
        assertThat(kernels("B200", PrecisionRecipe.NVFP4).quantiseWeights(1e9).seconds())
                .isCloseTo(bytes / 4.5e12, within(1e-5));
    }
}
