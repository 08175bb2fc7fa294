package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** The host issues each message that runs beside compute. */
class MessageCallsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static final SoftwareProfile BESIDE = SoftwareProfiles.named("megatron-core-2024");

    /** A layer so small that the host decides what its passes take. */
    private static ChunkTiming chunk(int stages, int stage, SoftwareProfile software) {
        TrainingJob job = new TrainingJob(
                TransformerModel.gpt("gpt", 4, 256, 1024, 4, 512, 64),
                new Batch(8, 1, 64),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(1, stages, 1)),
                new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
                software);
        return StepPricing.of(job, NcclModel.on(job.cluster()), KernelCalibration.NONE)
                .chunk(stage, 0);
    }

    /** A stage in the middle receives and sends each way, the first and the last have one neighbour. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 2", "3, 1"})
    void everyMessageIsACall(int stage, int calls) {
        SoftwareProfile blocking = BESIDE.with(SoftwareFeature.PIPELINE_OVERLAP, false);
        double call = BESIDE.host().collectiveSeconds();
        ChunkTiming with = chunk(4, stage, BESIDE);
        ChunkTiming without = chunk(4, stage, blocking);

        assertThat(with.forward().seconds() - without.forward().seconds()).isCloseTo(calls * call, within(1e-9));
        assertThat(with.backward().seconds() - without.backward().seconds()).isCloseTo(calls * call, within(1e-9));
    }

    @Test
    void oneStageHasNoMessages() {
        SoftwareProfile blocking = BESIDE.with(SoftwareFeature.PIPELINE_OVERLAP, false);

        assertThat(chunk(1, 0, BESIDE).forward())
                .isEqualTo(chunk(1, 0, blocking).forward());
    }
}
