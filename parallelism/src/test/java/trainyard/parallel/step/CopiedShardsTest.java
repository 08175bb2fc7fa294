package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** FSDP2 copies each gathered weight out and each gradient in, on the stream of the kernels. */
class CopiedShardsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final TransformerModel MODEL = TransformerModel.llama("llama", 8, 4096, 14_336, 32, 8, 128_256);

    private static TrainingJob job(int ranks, boolean copies) {
        SoftwareProfile software =
                SoftwareProfiles.named("torchtitan-2024").with(SoftwareFeature.COPIED_SHARDS, copies);
        return new TrainingJob(
                MODEL,
                new Batch(2 * ranks, 2, 8192),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(1, 1, ranks)).with(Sharding.zero(3)),
                new ClusterSpec(CATALOG.node("DGX H100"), 1, CATALOG.fabric("IB NDR")),
                software);
    }

    private static double computing(TrainingJob job) {
        var cost = new EventStepModel(NcclModel::on).cost(job);
        return cost.seconds() * cost.share(TimeState.COMPUTE);
    }

    /**
     * Forward and, for layers alone, backward 2 bytes are read and written for a weight; 2 are read and 4 written for a
     * gradient.
     */
    @Test
    void copiesTakeTheTimeOfTheirBytes() {
        double outside = 2.0 * 128_256 * 4096 + 4096;
        double layers = MODEL.parameters() - outside;
        double bytes = 4 * (2 * layers + outside) + 6 * (layers + outside);
        TrainingJob job = job(8, true);
        double seconds = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software())
                .stream(bytes, 8 * 3 + 4).seconds();
        double counted = computing(job) - computing(job(8, false));
        assertThat(counted).isCloseTo(seconds, within(1e-3 * seconds));
    }

    @Test
    void otherSoftwareViewsWhatItHasGathered() {
        assertThat(SoftwareProfiles.all())
                .filteredOn(software -> software.has(SoftwareFeature.COPIED_SHARDS))
                .extracting(SoftwareProfile::name)
                .allMatch(name -> name.startsWith("torchtitan"));
    }
}
