package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Which pass of a recomputed layer the host writes into the graph. */
class GraphRecordingTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** 42 operations of a GPT layer, 1.8 us each; the attention core has two products, softmax and dropout of them. */
    private static final double LAYER_SECONDS = 42 * 1.8e-6;

    private static final double CORE_SECONDS = (2 * 4 + 2 * 2) * 1.8e-6;

    private static TrainingJob job(String software) {
        return new TrainingJob(
                TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024),
                new Batch(8, 1, 1024),
                PrecisionRecipe.FP16,
                ParallelPlan.of(Degrees.of(1, 1, 8)).with(Sharding.zero(3)),
                new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(software));
    }

    private static KernelModel kernels(TrainingJob job) {
        return new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
    }

    private static double forwardIssue(String software, Recompute recompute) {
        TrainingJob job = job(software);
        LayerCosts costs = new LayerCosts(
                job, kernels(job), NcclModel.on(job.cluster()), LayerGroups.tensor(GroupShape.withinNode(1)));
        return costs.of(job.model().layers().get(1), recompute).forward().issueSeconds();
    }

    /** Megatron-LM, mpu/random.py: what runs again runs the first time without gradients. */
    @Test
    void whatRunsAgainIsWrittenTheSecondTimeOnly() {
        double whole = forwardIssue("megatron-2021", Recompute.NONE);

        assertThat(whole - forwardIssue("megatron-2021", Recompute.FULL)).isCloseTo(LAYER_SECONDS, within(1e-12));
        assertThat(whole - forwardIssue("megatron-2021", Recompute.SELECTIVE)).isCloseTo(CORE_SECONDS, within(1e-12));
    }

    /** A region that stops early is not re-entrant, so its first pass has gradients too. */
    @Test
    void aRegionThatStopsEarlyIsWrittenBothTimes() {
        assertThat(forwardIssue("torchtitan-2024", Recompute.FULL))
                .isEqualTo(forwardIssue("torchtitan-2024", Recompute.NONE));
    }
}
