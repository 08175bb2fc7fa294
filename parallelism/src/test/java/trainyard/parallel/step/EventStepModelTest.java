package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StageTime;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Term;
import trainyard.parallel.step.price.StepPricing;
import trainyard.parallel.step.price.StepTiming;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

class EventStepModelTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private final StepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(int tensor, int pipeline, int data, int zero, Recompute recompute) {
        return job(new Batch(512, 4, 2048), tensor, pipeline, data, zero, recompute);
    }

    private static TrainingJob job(Batch batch, int tensor, int pipeline, int data, int zero, Recompute recompute) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(tensor, pipeline, data))
                .with(Sharding.zero(zero))
                .with(recompute);
        int nodes = (plan.gpus() + 7) / 8;
        return new TrainingJob(
                TransformerModel.gpt("gpt-7.5b", 36, 4096, 16384, 32, 51200, 2048),
                batch,
                PrecisionRecipe.FP16,
                plan,
                new ClusterSpec(CATALOG.node("DGX A100"), nodes, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2021"));
    }

    @Test
    void termsAndStatesAddUpToTheStep() {
        for (Recompute recompute : Recompute.WORDS) {
            StepCost cost = steps.cost(job(4, 4, 8, 1, recompute));
            double terms = cost.terms().stream().mapToDouble(Term::seconds).sum();
            assertThat(terms).isCloseTo(cost.seconds(), within(1e-9));
            assertThat(cost.stages()).allSatisfy(s -> assertThat(s.totalNanos()).isEqualTo(cost.stepNanos()));
            assertThat(cost.stages().stream().mapToInt(StageTime::gpus).sum()).isEqualTo(cost.gpus());
        }
    }

    @Test
    void theSameJobGivesTheSameCost() {
        assertThat(steps.cost(job(4, 2, 8, 0, Recompute.FULL))).isEqualTo(steps.cost(job(4, 2, 8, 0, Recompute.FULL)));
    }

    /**
     * Narayanan et al. 2021, eq. 3, with full recomputation: {@code 96 B s l h^2 (1 + s/(6h) + V/(16 l h))}.
     */
    @Test
    void hardwareFlopsAreEquationThree() {
        double h = 4096;
        double expected = 96 * 512.0 * 2048 * 36 * h * h * (1 + 2048 / (6 * h) + 51200 / (16 * 36 * h));
        assertThat(steps.cost(job(4, 1, 32, 0, Recompute.FULL)).hardwareFlops())
                .isCloseTo(expected, within(expected * 1e-12));
        assertThat(steps.cost(job(4, 1, 32, 0, Recompute.NONE)).hardwareFlops())
                .isEqualTo(steps.cost(job(4, 1, 32, 0, Recompute.NONE)).modelFlops());
    }

    /** Megatron's tensor parallelism: two all-reduces of b s h elements forward, two backward, per layer. */
    @Test
    void tensorTrafficIsFourAllReducesPerLayer() {
        TransformerModel model = TransformerModel.gpt("gpt", 4, 4096, 16384, 32, 51200, 2048);
        Shard shard = new Shard(
                4,
                2048,
                Split.tensor(8, false),
                Precision.FP16,
                SoftwareProfiles.named("megatron-2021").attention());
        List<Operator.TensorCollective> exchanges = model.layers().get(1).operators(shard).stream()
                .filter(Operator.TensorCollective.class::isInstance)
                .map(Operator.TensorCollective.class::cast)
                .toList();
        assertThat(exchanges).allSatisfy(x -> assertThat(x.bytes()).isEqualTo(2.0 * 4 * 2048 * 4096));
        assertThat(exchanges.stream().filter(x -> x.forward().isPresent())).hasSize(2);
        assertThat(exchanges.stream().filter(x -> x.backward().isPresent())).hasSize(2);
    }

    @Test
    void tensorRanksAcrossNodesAreSlower() {
        double inside = steps.cost(job(8, 1, 8, 0, Recompute.FULL)).seconds();
        double across = steps.cost(job(16, 1, 4, 0, Recompute.FULL)).seconds();
        assertThat(across).isGreaterThan(1.3 * inside);
    }

    /** Every pass of every stage is one bar on the compute stream, and the last bar ends the step. */
    @Test
    void timelineHoldsEveryPassOnce() {
        TrainingJob job = job(4, 4, 8, 1, Recompute.NONE);
        List<Span> bars = steps.timeline(job);
        assertThat(bars.stream().filter(bar -> bar.kind() == Span.Kind.FORWARD)).hasSize(4 * job.microBatches());
        assertThat(bars.stream().filter(bar -> bar.kind() == Span.Kind.BACKWARD))
                .hasSize(4 * job.microBatches());
        assertThat(bars.stream().mapToLong(Span::endNanos).max())
                .hasValue(steps.cost(job).stepNanos());
    }

    @Test
    void plansTooLargeToReplayAreRefusedBeforeAnythingIsCosted() {
        assertThatThrownBy(() -> job(new Batch(100_000_000, 1, 2048), 4, 1, 8))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("12500000 micro-batches x 1 model chunks")
                .extracting(e -> ((PlanException) e).field())
                .isEqualTo("micro");
        assertThatThrownBy(() -> job(new Batch(512, 100_000_000, 2048), 4, 1, 64))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("micro 100000000 x data 64 = 6400000000");
        assertThatThrownBy(() -> job(new Batch(512, 1, 2048), 1 << 16, 1 << 16, 1))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("lower a degree");
    }

    private static TrainingJob job(Batch batch, int tensor, int pipeline, int data) {
        return job(batch, tensor, pipeline, data, 0, Recompute.NONE);
    }

    @Test
    void contradictionsAreRefusedWithTheFieldNamed() {
        assertThatThrownBy(() -> job(4, 1, 3, 0, Recompute.NONE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("nearest: 516")
                .extracting(e -> ((PlanException) e).field())
                .isEqualTo("global");
        assertThatThrownBy(() -> steps.cost(job(4, 64, 1, 0, Recompute.NONE)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("36 layers");
    }

    /** Megatron-LM until 2023 fetches on all stages; DeepSpeed's engine where the batch is needed, first and last. */
    @Test
    void fetchingTheBatchPrecedesTheForwardPassOfTheStagesThatDo() {
        double fetch = SoftwareProfiles.named("megatron-2021").host().microBatchSeconds();
        TrainingJob everywhere = job(8, 4, 1, 0, Recompute.NONE);
        TrainingJob where = everywhere.with(SoftwareProfiles.named("megatron-deepspeed"));
        for (int stage = 0; stage < 4; stage++) {
            double more = forwardSeconds(everywhere, stage) - forwardSeconds(where, stage);
            assertThat(more).isCloseTo(stage == 1 || stage == 2 ? fetch : 0, within(1e-9));
        }
    }

    private static double forwardSeconds(TrainingJob job, int stage) {
        StepTiming timing = StepPricing.of(job, NcclModel.on(job.cluster()), KernelCalibration.NONE)
                .timing();
        return timing.chunks().get(stage).get(0).forward().seconds();
    }
}
