package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Kernels beside the matrix products. */
class KernelModelTest {

    private static final GpuSpec A100 = HardwareCatalog.load().gpu("A100-SXM-80");

    /**
     * Adding a bf16 gradient to a 32-bit sum moves 2 + 4 + 4 bytes an element; DeepSpeed's BF16_Optimizer turns it to 32 bits
     * first, 2 + 4, and adds that, 4 + 4 + 4. In fp16 both add what is there in 16 bits.
     */
    @Test
    void deepSpeedTurnsBf16GradientsTo32BitsBeforeItAddsThem() {
        assertThat(extraBytesPerElement(PrecisionRecipe.BF16)).isCloseTo(8, within(1e-6));
        assertThat(extraBytesPerElement(PrecisionRecipe.FP16)).isCloseTo(0, within(1e-6));
    }

    private static double extraBytesPerElement(PrecisionRecipe precision) {
        Operator product = Operator.MatrixMultiply.ofWeight("product", 8192, 4096, 4096, 0);
        double blocking = weightGradient("megatron-deepspeed-blocking", precision, product);
        double plain = weightGradient("megatron-2021", precision, product);
        double gap = precision.equals(PrecisionRecipe.BF16) ? KernelModel.GAP_SECONDS : 0;
        return (blocking - plain - gap) * MemoryBandwidth.achieved(A100) / (4096.0 * 4096);
    }

    private static double weightGradient(String profile, PrecisionRecipe precision, Operator product) {
        SoftwareProfile software = SoftwareProfiles.named(profile).at(precision);
        return new KernelModel(A100, precision, software)
                .weightGradient(product)
                .seconds();
    }
}
