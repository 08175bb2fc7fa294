package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Passes whose kernels are shorter than the host takes to issue them, however weights and gradients are sharded. */
class HostBoundPassesTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final Offload ACTIVATIONS = new Offload(OffloadTarget.NONE, OffloadTarget.NONE, OffloadTarget.CPU);

    /** So few that activations are copied within the time in which the host issues a layer. */
    private static final int TOKENS = 128;

    private final EventStepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(String model, String node, String software, ParallelPlan plan) {
        return new TrainingJob(
                ModelPresets.named(model),
                new Batch(16 * plan.data(), 1, TOKENS),
                PrecisionRecipe.BF16,
                plan,
                new ClusterSpec(CATALOG.node(node), 1, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(software));
    }

    private static double seconds(StepCost cost, TimeState state) {
        return cost.share(state) * cost.seconds();
    }

    /** Copies run beside kernels and beside the gaps that the host leaves between them. */
    @ParameterizedTest
    @CsvSource({"0", "2"})
    void copiesOfActivationsHideInTheGapsThatTheHostLeaves(int stage) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, 2)).with(Sharding.zero(stage));
        StepCost kept = steps.cost(job("gpt3-1.3b", "DGX B200", "megatron-2021", plan));
        StepCost moved = steps.cost(job("gpt3-1.3b", "DGX B200", "megatron-2021", plan.with(ACTIVATIONS)));
        assertThat(moved.seconds()).isCloseTo(kept.seconds(), withinPercentage(3));
    }

    /** Blocking launches, fetched micro-batches and calls for messages cost the same host time with sharded gradients. */
    @ParameterizedTest
    @CsvSource({"megatron-deepspeed-blocking, 1", "megatron-deepspeed-blocking, 4", "megatron-core-2024, 4"})
    void shardedGradientsDoNotShortenThePassesThemselves(String software, int stages) {
        Pipelining pipeline = new Pipelining(Schedule.ONE_F_ONE_B, 1, List.of());
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, stages, 2)).with(pipeline);
        StepCost whole = steps.cost(job("gpt3-6.7b", "DGX A100", software, plan.with(Sharding.zero(1))));
        Sharding sharding = Sharding.zero(2).withReduceEachMicroBatch(false);
        StepCost sharded = steps.cost(job("gpt3-6.7b", "DGX A100", software, plan.with(sharding)));
        assertThat(seconds(sharded, TimeState.COMPUTE))
                .isCloseTo(seconds(whole, TimeState.COMPUTE), withinPercentage(0.01));
    }

    /** Where the backward pass is cut, the pass that yields the weights' gradients may complete them. */
    @ParameterizedTest
    @EnumSource(
            value = Schedule.class,
            names = {"ZB_H1", "ZB_2P", "ZB_V", "DUALPIPE"})
    void gradientsAreCompletedByWhicheverPassIsLast(Schedule schedule) {
        int chunks = schedule.chunksPerStage().orElse(1);
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 4, 2))
                .with(new Pipelining(schedule, chunks, List.of()))
                .with(Sharding.zero(2).withReduceEachMicroBatch(false))
                .with(ACTIVATIONS);
        StepCost cost = steps.cost(job("gpt3-6.7b", "DGX A100", "megatron-2022", plan));
        assertThat(seconds(cost, TimeState.DATA_COMMUNICATION)).isPositive();
    }

    @Test
    void theHostBoundsTheseSteps() {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, 2));
        TrainingJob job = job("gpt3-1.3b", "DGX B200", "megatron-2021", plan);
        assertThat(steps.without(ModellingElement.HOST_TIME).cost(job).seconds())
                .isLessThan(0.7 * steps.cost(job).seconds());
    }
}
