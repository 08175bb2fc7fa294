package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Gradients that ranks shard, reduced beside the backward pass or not. */
class ShardedGradientsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec CLUSTER = new ClusterSpec(CATALOG.node("DGX A100"), 8, CATALOG.fabric("IB HDR"));
    private static final TransformerModel MODEL = TransformerModel.llama("llama", 4, 1024, 2816, 16, 16, 51200);
    private static final SoftwareProfile SOFTWARE = SoftwareProfiles.named("deepspeed-zero3-2022");
    private static final int MICRO_BATCHES = 3;

    private final EventStepModel steps = new EventStepModel(NcclModel::on);

    private double exposed(Sharding sharding, boolean beside) {
        StepCost cost = steps.cost(new TrainingJob(
                MODEL,
                new Batch(64 * 2 * MICRO_BATCHES, 2, 1024),
                PrecisionRecipe.FP16,
                ParallelPlan.of(Degrees.of(1, 1, 64)).with(sharding),
                CLUSTER,
                SOFTWARE.with(SoftwareFeature.GRADIENT_OVERLAP, beside)));
        return cost.share(TimeState.DATA_COMMUNICATION) * cost.seconds();
    }

    private static double reduced() {
        double bytes = SOFTWARE.gradients().bytesPerElement();
        return MODEL.layers().stream()
                .mapToDouble(layer -> layer.parametersPerRank(Split.NONE).total() * bytes)
                .filter(layer -> layer > 0)
                .map(layer -> NcclModel.on(CLUSTER)
                        .time(Collective.REDUCE_SCATTER, layer, new GroupShape(8, 8, 1))
                        .seconds())
                .sum();
    }

    /**
     * Every layer of every micro-batch that reduces waits for its own reduction, so the times simply add up; weights are
     * gathered once a step in both cases.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutOverlapEveryReductionIsWaitedFor(boolean eachMicroBatch) {
        Sharding sharding = Sharding.zero(2).withReduceEachMicroBatch(eachMicroBatch);
        double gathered = exposed(sharding, false) - (eachMicroBatch ? MICRO_BATCHES : 1) * reduced();
        double otherGathered = exposed(Sharding.zero(1), false) - wholeReduction();
        assertThat(gathered).isCloseTo(otherGathered, within(1e-6));
    }

    private static double wholeReduction() {
        double bytes = MODEL.parameters() * SOFTWARE.gradients().bytesPerElement();
        return NcclModel.on(CLUSTER)
                .time(Collective.REDUCE_SCATTER, bytes, new GroupShape(8, 8, 1))
                .seconds();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void overlapHidesSomeOfIt(int stage) {
        Sharding sharding = Sharding.zero(stage);
        assertThat(exposed(sharding, true)).isLessThan(exposed(sharding, false) - 0.2 * reduced());
    }

    /**
     * The stages of a pipeline that sums once wait for their own sums alone: a step takes hardly longer than with ZeRO-1, which
     * sums beside the last passes, where summing after each micro-batch holds up every pass.
     */
    @Test
    void aPipelineThatSumsOnceHardlyWaitsForIt() {
        double sumsAtTheEnd = pipelined(Sharding.zero(1));
        double sumsOnce = pipelined(Sharding.zero(2).withReduceEachMicroBatch(false));

        assertThat(sumsOnce).isBetween(sumsAtTheEnd, 1.01 * sumsAtTheEnd);
        assertThat(pipelined(Sharding.zero(2))).isGreaterThan(1.02 * sumsAtTheEnd);
    }

    private double pipelined(Sharding sharding) {
        return steps.cost(new TrainingJob(
                        MODEL,
                        new Batch(16 * 2 * 8, 2, 1024),
                        PrecisionRecipe.FP16,
                        ParallelPlan.of(Degrees.of(1, 4, 16)).with(sharding),
                        CLUSTER,
                        SOFTWARE.with(SoftwareFeature.GRADIENT_OVERLAP, true)))
                .seconds();
    }
}
