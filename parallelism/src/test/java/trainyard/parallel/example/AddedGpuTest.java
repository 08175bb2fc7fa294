package trainyard.parallel.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

/** The worked example of docs/extending/add-a-gpu.md. */
class AddedGpuTest {

    private static final String HEADER = "gpu,arch,sm_count,fp32_tflops,tf32_dense_tflops,fp16_dense_tflops,"
            + "bf16_dense_tflops,fp8_dense_tflops,fp4_dense_tflops,hbm_gb,hbm_type,hbm_gbps,l2_mb,scaleup_link,"
            + "scaleup_gbps_per_dir,tdp_w,idle_w,mamf_bf16_tflops,mamf_fp8_tflops,mamf_fp4_tflops,"
            + "mamf_efficiency_pct,sustained_bf16_tflops,source,verified,notes";

    private static final String ROW = "B100,Blackwell,148,60,875,1750,1750,3500,7000,180,HBM3e,8000,126,NVLink5,900,"
            + "700,120,1400,2750,,80,1200,our own mamf-finder and gpu-fryer runs,user,power limit of 700 W";

    @TempDir
    private Path folder;

    private GpuSpec added() throws IOException {
        Path csv = Files.writeString(folder.resolve("gpus.csv"), HEADER + "\n" + ROW + "\n");
        return HardwareCatalog.load().withGpus(csv).gpu("B100");
    }

    /** The measured 8-bit product decides, times what the power limit leaves of the 16-bit one. */
    @Test
    void productsReachWhatWasMeasured() throws IOException {
        KernelModel kernels =
                new KernelModel(added(), PrecisionRecipe.MXFP8, SoftwareProfiles.named("megatron-core-2024"));
        MatrixMultiply square = MatrixMultiply.ofWeight("square", 8192, 8192, 8192, 0);
        double rate = square.flops() / kernels.weightGradient(square).seconds();
        assertThat(rate).isCloseTo(1200.0 / 1400 * 2750e12, within(0.1 * 2750e12));
    }

    @Test
    void runsThePrecisionsWithARate() throws IOException {
        assertThat(added().supports(Precision.FP4)).isTrue();
        assertThat(PrecisionRecipe.ALL).allMatch(recipe -> runs(recipe));
    }

    private boolean runs(PrecisionRecipe recipe) {
        try {
            return recipe.runsOn(added());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
