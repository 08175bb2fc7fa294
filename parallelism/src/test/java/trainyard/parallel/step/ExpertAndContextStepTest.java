package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.Contention;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class ExpertAndContextStepTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static TrainingJob job(String model, int sequence, Degrees degrees, Exchanges exchanges) {
        return job(model, sequence, degrees, exchanges, "megatron-core-2024");
    }

    private static TrainingJob job(String model, int sequence, Degrees degrees, Exchanges exchanges, String software) {
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("DGX H100"), degrees.ranks() / 8, CATALOG.fabric("IB NDR"));
        ParallelPlan plan = ParallelPlan.of(degrees).with(Sharding.zero(1)).with(exchanges);
        Model preset = ModelPresets.named(model);
        return new TrainingJob(
                preset,
                new Batch(16 * degrees.data(), 1, sequence),
                PrecisionRecipe.BF16,
                plan,
                cluster,
                SoftwareProfiles.named(software));
    }

    private static StepCost cost(TrainingJob job) {
        return new EventStepModel(NcclModel::on).cost(job);
    }

    private static double waited(ExpertOverlap overlap) {
        return waited(overlap, "megatron-bridge-2025");
    }

    private static double waited(ExpertOverlap overlap, String software) {
        Exchanges exchanges = Exchanges.PLAIN.with(ExpertDispatch.DEEPEP).with(overlap);
        TrainingJob job = job("deepseek-v3", 4096, new Degrees(1, 1, 8, 32, 32), exchanges, software);
        StepCost cost = cost(job);
        return cost.seconds() * cost.share(TimeState.EXPERT_COMMUNICATION);
    }

    @Test
    void whatRunsBesideHidesTheExchangeWithTheExperts() {
        double alone = waited(ExpertOverlap.NONE);
        double shared = waited(ExpertOverlap.SHARED_EXPERT);
        double paired = waited(ExpertOverlap.MICRO_BATCHES);
        assertThat(shared).isLessThan(alone);
        assertThat(paired).isLessThan(shared);
        // (8 - 1) / 2 + 1 of 16 passes have no partner.
        assertThat(paired).isGreaterThan(alone * 4.5 / 16);
    }

    /**
     * A host that waits for the experts of the other micro-batch issues the way there behind them: one of four exchanges
     * stays exposed in the 11.5 of 16 passes that have a partner.
     */
    @Test
    void aHostThatWaitsForTheOtherMicroBatchHidesOneExchangeLess() {
        double alone = waited(ExpertOverlap.NONE, "megatron-core-2024");
        double late = waited(ExpertOverlap.MICRO_BATCHES, "megatron-core-2024");
        double early = waited(ExpertOverlap.MICRO_BATCHES);

        assertThat(alone).isCloseTo(waited(ExpertOverlap.NONE), within(1e-6 * alone));
        assertThat(late - early)
                .isCloseTo(alone / 4 * (1 - Contention.COST_OF_HIDDEN) * 11.5 / 16, within(0.01 * alone));
    }

    /** What is hidden costs the kernels beside it, unless contention is left out. */
    @Test
    void contentionMakesHiddenExchangesCost() {
        for (ExpertOverlap overlap : new ExpertOverlap[] {ExpertOverlap.SHARED_EXPERT, ExpertOverlap.MICRO_BATCHES}) {
            Exchanges exchanges = Exchanges.PLAIN.with(ExpertDispatch.DEEPEP).with(overlap);
            TrainingJob job = job("deepseek-v3", 4096, new Degrees(1, 1, 8, 32, 32), exchanges, "megatron-bridge-2025");
            EventStepModel whole = new EventStepModel(NcclModel::on);
            StepCost without =
                    whole.without(ModellingElement.OVERLAP_CONTENTION).cost(job);
            double waited = without.seconds() * without.share(TimeState.EXPERT_COMMUNICATION);
            assertThat(waited).as("%s", overlap).isLessThan(waited(overlap));
        }
    }

    @Test
    void statesOfExpertsAreSharedAmongTheirOwnRanks() {
        Degrees degrees = new Degrees(1, 1, 1, 64, 16);
        TrainingJob job = job("qwen3-30b-a3b", 4096, degrees, Exchanges.PLAIN);
        ParameterCount perRank = job.model().layers().stream()
                .map(layer -> layer.parametersPerRank(job.plan().split()))
                .reduce(ParameterCount.ZERO, ParameterCount::plus);
        double dense = perRank.dense() - job.model().tiedParameters();
        double optimizer = cost(job).memory().peak().bytes().get(MemoryComponent.OPTIMIZER_STATE);
        assertThat(optimizer).isCloseTo(12 * (dense / 64 + perRank.expert() / 4), within(1.0));
        assertThat(perRank.expert() * 16)
                .isCloseTo(
                        job.model().parameters() - dense,
                        within(1e-6 * job.model().parameters()));
    }

    @Test
    void contextRanksShareTheActivationsOfASequence() {
        StepCost one = cost(job("llama3-8b", 32_768, new Degrees(1, 1, 1, 8, 1), Exchanges.PLAIN));
        StepCost four = cost(job("llama3-8b", 32_768, new Degrees(1, 4, 1, 2, 1), Exchanges.PLAIN));
        double whole = one.memory().peak().bytes().get(MemoryComponent.ACTIVATIONS);
        assertThat(four.memory().peak().bytes().get(MemoryComponent.ACTIVATIONS))
                .isCloseTo(whole / 4, within(1e-6 * whole));
        assertThat(four.modelFlops() / four.tokens()).isCloseTo(one.modelFlops() / one.tokens(), within(1.0));
    }

    @Test
    void unbalancedPartsMakeOthersWait() {
        Degrees degrees = new Degrees(1, 4, 1, 2, 1);
        StepCost zigzag = cost(job("llama3-8b", 32_768, degrees, Exchanges.PLAIN));
        Exchanges unbalanced = new Exchanges(ContextMethod.RING, false, ExpertDispatch.ALL_TO_ALL, ExpertOverlap.NONE);
        StepCost runs = cost(job("llama3-8b", 32_768, degrees, unbalanced));
        assertThat(runs.seconds()).isGreaterThan(1.05 * zigzag.seconds());
    }

    @Test
    void refusesDegreesThatDoNotDivide() {
        assertThatThrownBy(() -> job("qwen3-30b-a3b", 4096, new Degrees(1, 1, 1, 48, 48), Exchanges.PLAIN))
                .isInstanceOf(PlanException.class)
                .hasMessage("expert 48 does not divide the 128 experts; nearest: 16");
        assertThatThrownBy(() -> job("qwen3-30b-a3b", 4096, new Degrees(1, 1, 1, 24, 3), Exchanges.PLAIN))
                .hasMessage("expert 3 does not divide the 128 experts; nearest: 2 or 4");
        assertThatThrownBy(() -> job("llama3-8b", 4096, new Degrees(1, 1, 1, 8, 8), Exchanges.PLAIN))
                .hasMessage("expert 8 needs a model with experts");
        assertThatThrownBy(() -> job("llama3-8b", 4096, new Degrees(1, 3, 1, 8, 1), Exchanges.PLAIN))
                .hasMessage("context 3 does not divide the sequence of 4096 tokens");
        Exchanges byHeads = Exchanges.PLAIN.with(ContextMethod.ULYSSES);
        assertThatThrownBy(() -> job("llama3-8b", 4096, new Degrees(1, 64, 1, 1, 1), byHeads))
                .hasMessageContaining("does not divide the 32 attention heads");
    }
}
