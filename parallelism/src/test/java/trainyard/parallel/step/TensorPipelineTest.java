package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class TensorPipelineTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec NODE =
            new ClusterSpec(CATALOG.node("DGX H100", "H100-SXM-80"), 1, CATALOG.fabric("IB NDR"));

    private static final TransformerModel MODEL = TransformerModel.llama("llama", 8, 8192, 28672, 64, 8, 128_256);

    private static double seconds(String software, int tensor, TimeState state) {
        return seconds(MODEL, software, tensor, state);
    }

    private static double seconds(TransformerModel model, String software, int tensor, TimeState state) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(tensor, 1, 8 / tensor))
                .with(Sharding.zero(3))
                .withSequenceParallel(tensor > 1);
        TrainingJob job = new TrainingJob(
                model, new Batch(8, 1, 8192), PrecisionRecipe.BF16, plan, NODE, SoftwareProfiles.named(software));
        StepCost cost = new EventStepModel(NcclModel::on).cost(job);
        return cost.seconds() * cost.share(state);
    }

    /** Products of a 70B layer take longer than their exchanges over NVLink, so most of these hide, none for free. */
    @Test
    void exchangesHideBesideTheirProducts() {
        double plain = seconds("torchtitan-2024", 8, TimeState.TENSOR_COMMUNICATION);
        double pipelined = seconds("torchtitan-2024-async", 8, TimeState.TENSOR_COMMUNICATION);
        assertThat(pipelined / plain).isBetween(0.1, 0.6);
    }

    /** Attention and MLP beside each other: one exchange each way in place of two, behind the products of the MLP. */
    @Test
    void theSumOfPartsBesideEachOtherHidesToo() {
        TransformerModel parallel = MODEL.with(MODEL.style().withSharedNorm());
        double serial = seconds("torchtitan-2024-async", 8, TimeState.TENSOR_COMMUNICATION);
        double beside = seconds(parallel, "torchtitan-2024-async", 8, TimeState.TENSOR_COMMUNICATION);
        assertThat(beside / serial).isBetween(0.4, 0.7);
    }

    @Test
    void nothingChangesOnOneTensorRank() {
        assertThat(seconds("torchtitan-2024-async", 1, TimeState.COMPUTE))
                .isEqualTo(seconds("torchtitan-2024", 1, TimeState.COMPUTE));
        assertThat(seconds("torchtitan-2024-async", 1, TimeState.TENSOR_COMMUNICATION))
                .isZero();
    }

    /** Norms made of elementary kernels pass over memory nine times as often. */
    @Test
    void withoutCompilationNormsCostMore() {
        assertThat(seconds("torchtitan-2024-eager", 1, TimeState.COMPUTE))
                .isGreaterThan(1.02 * seconds("torchtitan-2024", 1, TimeState.COMPUTE));
    }
}
