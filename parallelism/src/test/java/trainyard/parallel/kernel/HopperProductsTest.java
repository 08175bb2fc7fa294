package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

class HopperProductsTest {

    private static final GpuSpec A100 = HardwareCatalog.load().gpu("A100");
    private static final GpuSpec H100 = HardwareCatalog.load().gpu("H100-SXM-80");

    private static double seconds(String software, double m, double n, double k) {
        GemmModel model = GemmModel.of(H100, SoftwareProfiles.named(software), EnumSet.allOf(ModellingElement.class));
        return model.seconds(1, m, n, k, Precision.BF16, 2);
    }

    /** meta-pytorch/float8_experimental pull request 38, August 2023: each of the four products, bf16. */
    @ParameterizedTest
    @CsvSource({
        "16384, 1280, 8192, 6.04e-4",
        "16384, 8192, 1024, 5.00e-4",
        "16384, 7168, 8192, 3.57e-3",
        "16384, 8192, 3584, 1.59e-3"
    })
    void meetsTheProductsOf2023(double m, double n, double k, double measured) {
        assertThat(seconds("composer-fsdp", m, n, k) / measured).isBetween(0.87, 1.13);
    }

    /** pytorch issue 100850, May 2023: 8,192 rows at 543 TFLOP/s; not used to set the model. */
    @Test
    void meetsAProductThatItWasNotSetBy() {
        double teraflops = 2 * Math.pow(8192, 3) / seconds("torch-fsdp-compile", 8192, 8192, 8192) / 1e12;
        assertThat(teraflops).isBetween(510.0, 590.0);
    }

    /**
     * huggingface/gpu-fryer: 730 TFLOP/s with later libraries while all GPUs of a node multiply for a minute (the model is set
     * by it); pranjalssh/fast.cu: 798 in the best case of a lone GPU.
     */
    @Test
    void laterLibrariesAreFaster() {
        double teraflops = 2 * Math.pow(8192, 3) / seconds("megatron-core-2024", 8192, 8192, 8192) / 1e12;
        assertThat(teraflops).isBetween(728.0, 760.0);
    }

    /** Dao 2023, section 4.1: FlashAttention-2 is 1.3 to 2.5 times as fast as FlashAttention in Triton. */
    @Test
    void flashAttentionInTritonIsSlower() {
        for (boolean forward : new boolean[] {true, false}) {
            double ratio = FlashRate.share(AttentionKernel.FLASH_2, A100, forward, true, 4096)
                    / FlashRate.share(AttentionKernel.FLASH_TRITON, A100, forward, true, 4096);
            assertThat(ratio).isBetween(1.3, 2.5);
        }
    }
}
