package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** The elements that tables of ablation leave out count for sharded jobs too. */
class ShardedElementsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static final TrainingJob JOB = new TrainingJob(
            TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024),
            new Batch(8 * 32, 32, 1024),
            PrecisionRecipe.BF16,
            ParallelPlan.of(Degrees.of(1, 1, 8)).with(Sharding.zero(3)),
            new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
            SoftwareProfiles.named("composer-fsdp"));

    @ParameterizedTest
    @EnumSource(names = {"LOGITS", "OVERLAP_CONTENTION", "SLOWEST_GPU", "MEMORY_TRAFFIC"})
    void leavingAnElementOutShortensTheStep(ModellingElement element) {
        EventStepModel whole = new EventStepModel(cluster -> NcclModel.on(cluster, CATALOG, NcclOptions.automatic()));
        assertThat(whole.without(element).cost(JOB).seconds())
                .isLessThan(whole.cost(JOB).seconds());
    }
}
