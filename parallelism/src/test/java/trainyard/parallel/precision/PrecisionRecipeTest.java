package trainyard.parallel.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

class PrecisionRecipeTest {

    private final HardwareCatalog catalog = HardwareCatalog.load();

    /** Current scaling reads 2 + 2 bytes and writes one; before Blackwell another byte for the transposed copy. */
    @Test
    void movesTheBytesOfItsPasses() {
        assertThat(moved(PrecisionRecipe.FP8, Architecture.BLACKWELL)).isEqualTo(2 + 2 + 1);
        assertThat(moved(PrecisionRecipe.FP8, Architecture.HOPPER)).isEqualTo(2 + 2 + 1 + 1);
        assertThat(moved(PrecisionRecipe.FP8_DELAYED, Architecture.HOPPER)).isEqualTo(2 + 1 + 1);
        assertThat(moved(PrecisionRecipe.MXFP8, Architecture.BLACKWELL)).isEqualTo(2 + 2 * (1 + 1.0 / 32));
        assertThat(moved(PrecisionRecipe.NVFP4, Architecture.BLACKWELL)).isEqualTo(3 * 2 + 2 * (0.5 + 1.0 / 16));
    }

    private static double moved(PrecisionRecipe recipe, Architecture architecture) {
        return recipe.quantisation().orElseThrow().movedBytes(2, architecture);
    }

    @Test
    void keepsWeightsInTheFormatOnlyWhereTheOptimizerWritesThem() {
        assertThat(PrecisionRecipe.BF16.weightBytes(Architecture.HOPPER)).isEqualTo(2);
        assertThat(PrecisionRecipe.FP8.weightBytes(Architecture.BLACKWELL)).isEqualTo(1);
        assertThat(PrecisionRecipe.FP8.weightBytes(Architecture.HOPPER)).isEqualTo(2);
        assertThat(PrecisionRecipe.MXFP8.weightBytes(Architecture.BLACKWELL)).isEqualTo(2 * (1 + 1.0 / 32));
        assertThat(PrecisionRecipe.NVFP4.weightBytes(Architecture.BLACKWELL)).isEqualTo(2 + 2 * (0.5 + 1.0 / 16));
    }

    @Test
    void gathersWeightsNarrowOnlyUnderOneScale() {
        assertThat(PrecisionRecipe.FP8.gatheredWeightBytes()).isEqualTo(1);
        assertThat(PrecisionRecipe.MXFP8.gatheredWeightBytes()).isEqualTo(2);
        assertThat(PrecisionRecipe.NVFP4.gatheredWeightBytes()).isEqualTo(2);
        assertThat(PrecisionRecipe.MXFP8.gatheredTokenBytes()).isEqualTo(1 + 1.0 / 32);
    }

    @Test
    void runsWhereTensorCoresReadTheScales() {
        assertThat(PrecisionRecipe.FP8.runsOn(catalog.gpu("H100"))).isTrue();
        assertThat(PrecisionRecipe.FP8.runsOn(catalog.gpu("A100-80"))).isFalse();
        assertThat(PrecisionRecipe.MXFP8.runsOn(catalog.gpu("H100"))).isFalse();
        assertThat(PrecisionRecipe.MXFP8.runsOn(catalog.gpu("B200"))).isTrue();
        assertThat(PrecisionRecipe.NVFP4.runsOn(catalog.gpu("GB300"))).isTrue();
        assertThat(PrecisionRecipe.NVFP4.runsOn(catalog.gpu("MI355X"))).isFalse();
    }

    @Test
    void mustSayHowItQuantises() {
        assertThatThrownBy(() -> new PrecisionRecipe("fp8", Precision.BF16, Precision.FP8, Optional.empty()))
                .hasMessage("fp8 multiplies FP8 but rests in BF16 and says not how to quantise");
    }
}
