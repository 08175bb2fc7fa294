package trainyard.parallel.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.precision.Quantisation;
import trainyard.parallel.step.AnalyticStepModel;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

/** The worked example of docs/extending/add-a-precision.md. */
class AddedPrecisionTest {

    /** 6-bit values with an 8-bit scale for every 32 (OCP Microscaling Formats 1.0); Blackwell multiplies them as fast as 8 bits. */
    private static final PrecisionRecipe MXFP6 = PrecisionRecipe.quantised(
            "mxfp6",
            Precision.FP8,
            new Quantisation(0.75 + 1.0 / 32, 1, 1, 4.5 / 8, true, true, Set.of(Architecture.BLACKWELL)));

    private final HardwareCatalog catalog = HardwareCatalog.load();

    private TrainingJob job(PrecisionRecipe recipe, String node) {
        ClusterSpec cluster = new ClusterSpec(catalog.node(node), 1, catalog.fabric("IB NDR"));
        return new TrainingJob(
                ModelPresets.named("llama3-8b"),
                new Batch(128, 2, 8192),
                recipe,
                ParallelPlan.of(Degrees.of(1, 1, 8)),
                cluster,
                SoftwareProfiles.named("megatron-core-2024"));
    }

    private double seconds(PrecisionRecipe recipe) {
        return new AnalyticStepModel(cluster -> NcclModel.on(cluster, catalog, NcclOptions.automatic()))
                .cost(job(recipe, "DGX B200"))
                .seconds();
    }

    @Test
    void timeAndMemoryFollowFromTheRecipe() {
        assertThat(seconds(MXFP6)).isLessThan(seconds(PrecisionRecipe.MXFP8));
        assertThat(seconds(MXFP6)).isGreaterThan(0.9 * seconds(PrecisionRecipe.MXFP8));
        assertThat(peak(MXFP6)).isLessThan(peak(PrecisionRecipe.MXFP8));
    }

    private double peak(PrecisionRecipe recipe) {
        return MemoryModel.estimate(job(recipe, "DGX B200")).stages().get(0).totalBytes();
    }

    @Test
    void runsOnlyWhereItsScalesAreRead() {
        assertThatThrownBy(() -> job(MXFP6, "DGX H100"))
                .isInstanceOf(PlanException.class)
                .hasMessage("H100-SXM-80 has no rate for precision mxfp6; use one of fp32, tf32, fp16, bf16, fp8,"
                        + " fp8-delayed, fp8-block");
    }
}
