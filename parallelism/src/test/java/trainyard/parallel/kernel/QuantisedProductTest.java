package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.model.Quantising;
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
     * Rates that are kept up at the power limit (SustainedRate), by measurement or as the 16-bit rate of the GPU falls below
     * its best one.
     */
    @ParameterizedTest
    @CsvSource({
        "H100, fp8, 1289",
        "B200, bf16, 1456",
        "B200, mxfp8, 2864",
        "B200, nvfp4, 5708",
        "B300, bf16, 1521",
        "B300, nvfp4, 6877",
        "GB200, bf16, 1520"
    })
    void keepsUpWhatThePowerLimitAllows(String gpu, String recipe, double teraflops) {
        assertThat(rate(gpu, recipe(recipe)) / 1e12).isCloseTo(teraflops, within(0.001 * teraflops));
    }

    /** Ordinary values take less power than random bytes and more than equal ones, both measured on B200. */
    @Test
    void ordinaryValuesLieBetweenRandomAndEqualOnes() {
        assertThat(rate("B200", PrecisionRecipe.FP8)).isBetween(2524e12, 4008e12);
    }

    private static PrecisionRecipe recipe(String name) {
        return PrecisionRecipe.ALL.stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow();
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

    /** An operand that arrives in the format takes no kernel; the product runs in the format all the same. */
    @Test
    void whatArrivesQuantisedIsNotQuantisedAgain() {
        KernelModel kernels = kernels("B200", PrecisionRecipe.MXFP8);
        MatrixMultiply input = SQUARE.with(Quantising.INPUT);
        MatrixMultiply gradient = SQUARE.with(Quantising.GRADIENT);

        assertThat(kernels.forward(input)).isEqualTo(kernels.forward(SQUARE));
        assertThat(kernels.dataGradient(gradient)).isEqualTo(kernels.dataGradient(SQUARE));
        assertThat(kernels.forward(gradient).kernels()).isEqualTo(1);
        assertThat(kernels.dataGradient(input).kernels()).isEqualTo(1);
        assertThat(kernels.forward(gradient).seconds())
                .isCloseTo(
                        kernels.forward(SQUARE).seconds()
                                - 8192.0 * 8192 * (2 + 2 * 33.0 / 32) / 4.5e12
                                - KernelModel.GAP_SECONDS,
                        within(1e-7));
        assertThat(kernels.weightGradient(input)).isEqualTo(kernels.weightGradient(SQUARE));
        HostModel host = new HostModel(SOFTWARE.host(), PrecisionRecipe.MXFP8);
        assertThat(host.forward(gradient))
                .isLessThan(host.forward(input))
                .isEqualTo(host.forward(SQUARE) - SOFTWARE.host().forwardLaunchSeconds());
        assertThat(host.backward(input))
                .isEqualTo(host.backward(SQUARE) - SOFTWARE.host().backwardLaunchSeconds());
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
