package trainyard.parallel.model.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.EventStepModel;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** The worked example of docs/extending/add-a-model.md: a family of its own, written from outside the package. */
class MixerModelTest {

    private static final MixerModel MIXER_B_16 = new MixerModel(
            "mixer-b-16",
            12,
            new MixerLayer(196, 768, 384, 3072),
            new ProjectionLayer("stem", LayerRole.INPUT, 196, 3 * 16 * 16, 768, 0),
            new ProjectionLayer("classifier", LayerRole.HEAD, 1, 768, 1000, 2 * 768));

    /** Tolstikhin et al. 2021, table 1: 59 million; the released weights hold 59,880,472 parameters (timm, mixer_b16_224). */
    @Test
    void hasThePublishedParameters() {
        assertThat(MIXER_B_16.parameters()).isEqualTo(59_880_472);
        // 12.6 billion multiply-adds of one image (the same table prints no FLOPs; timm, benchmark table of models).
        assertThat(MIXER_B_16.forwardFlops(1, 1) / 2e9).isCloseTo(12.6, within(0.1));
    }

    @Test
    void runsThroughStepAndMemoryModels() {
        HardwareCatalog catalog = HardwareCatalog.load();
        ClusterSpec cluster = new ClusterSpec(catalog.node("DGX A100"), 1, catalog.fabric("IB HDR"));
        TrainingJob job = new TrainingJob(
                MIXER_B_16,
                new Batch(512, 64, 1),
                PrecisionRecipe.FP16,
                ParallelPlan.of(Degrees.of(1, 2, 4)),
                cluster,
                SoftwareProfiles.named("megatron-2022"));

        assertThat(new EventStepModel(NcclModel::on).cost(job).seconds()).isBetween(0.01, 1.0);
        assertThat(MemoryModel.estimate(job).fits()).isTrue();
        assertThat(MemoryModel.estimate(job).stages()).hasSize(2);
    }
}
