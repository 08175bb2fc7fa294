package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** How often the gradients of a step are summed, on a network where nothing else takes time. */
class GradientSumsTest {

    private static final int MICRO_BATCHES = 8;
    private static final int RANKS = 8;

    /** A gigabyte a second, so that nanoseconds do not matter. */
    private static final double BYTES_PER_SECOND = 1e9;

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec CLUSTER = new ClusterSpec(CATALOG.node("DGX A100"), 4, CATALOG.fabric("IB HDR"));
    private static final TransformerModel MODEL = TransformerModel.llama("llama", 8, 1024, 2816, 16, 16, 51200);
    private static final SoftwareProfile SOFTWARE =
            SoftwareProfiles.named("composer-fsdp").with(SoftwareFeature.GRADIENT_OVERLAP, false);

    private record Case(Sharding sharding, Offload offload, int pipeline, int chunks) {

        ParallelPlan plan() {
            ParallelPlan plan = ParallelPlan.of(Degrees.of(1, pipeline, RANKS))
                    .with(sharding)
                    .with(offload);
            return pipeline == 1 ? plan : plan.with(Pipelining.oneForwardOneBackward(chunks));
        }

        TrainingJob job() {
            return new TrainingJob(
                    MODEL, new Batch(RANKS * MICRO_BATCHES, 1, 1024), PrecisionRecipe.FP16, plan(), CLUSTER, SOFTWARE);
        }
    }

    private static CollectiveTime sumsOnly(Collective operation, double bytes, GroupShape group) {
        boolean sums = operation == Collective.ALL_REDUCE || operation == Collective.REDUCE_SCATTER;
        double seconds = operation.busFactor(group.ranks()) * bytes / BYTES_PER_SECOND;
        return new CollectiveTime(sums ? seconds : 0, 0, "none", "none");
    }

    private static StepCost cost(TrainingJob job) {
        return cost(job, GradientSumsTest::sumsOnly);
    }

    private static StepCost cost(TrainingJob job, CollectiveModel network) {
        StepCost replayed = new EventStepModel(cluster -> network).cost(job);
        double closed = new AnalyticStepModel(cluster -> network).cost(job).seconds();
        assertThat(closed).isCloseTo(replayed.seconds(), within(1e-6));
        return replayed;
    }

    /** Seconds of a state on all stages together. */
    private static double seconds(TrainingJob job, TimeState state) {
        return seconds(job, state, GradientSumsTest::sumsOnly);
    }

    private static double seconds(TrainingJob job, TimeState state, CollectiveModel network) {
        StepCost cost = cost(job, network);
        return cost.share(state) * cost.seconds() * job.plan().pipeline();
    }

    private static Stream<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Offload offload : List.of(Offload.NONE, Offload.optimizer(OffloadTarget.CPU))) {
            for (int zero = offload.movesOptimizer() ? 1 : 0; zero < 4; zero++) {
                for (boolean each : zero < 2 ? new boolean[] {false} : new boolean[] {false, true}) {
                    Sharding sharding = Sharding.zero(zero).withReduceEachMicroBatch(each);
                    cases.add(new Case(sharding, offload, 1, 1));
                    cases.add(new Case(sharding, offload, 4, 1));
                    cases.add(new Case(sharding, offload, 4, 2));
                }
            }
        }
        return cases.stream();
    }

    /** An all-reduce of all gradients without sharding, else a reduce-scatter; once a step or once a micro-batch. */
    @ParameterizedTest
    @MethodSource("all")
    void everyGradientIsSummedOnceAStepOrOnceAMicroBatch(Case each) {
        double gradients = MODEL.layers().stream()
                .mapToDouble(layer -> layer.trainedPerRank(Split.NONE).total())
                .sum();
        double bytes = gradients * SOFTWARE.gradients().bytesPerElement() * (RANKS - 1) / RANKS;
        int times = each.sharding.reduceEachMicroBatch() ? MICRO_BATCHES : 1;
        double expected = bytes * times * (each.sharding.zeroStage() == 0 ? 2 : 1) / BYTES_PER_SECOND;

        assertThat(seconds(each.job(), TimeState.DATA_COMMUNICATION)).isCloseTo(expected, within(1e-6));
    }

    /**
     * Summed gradients go to the host once, at the end of the step with ZeRO-1 and behind the sums with ZeRO-2. Where sums
     * take no time, nothing in a pipeline hides that.
     */
    @Test
    void gradientsSummedOnceGoToTheHostOnce() {
        Offload offload = Offload.optimizer(OffloadTarget.CPU);
        Sharding once = Sharding.zero(2).withReduceEachMicroBatch(false);
        double behindTheStep = toTheHost(new Case(Sharding.zero(1), offload, 4, 1));
        double behindThePass = toTheHost(new Case(once, offload, 4, 1));

        assertThat(behindTheStep).isPositive();
        assertThat(behindThePass).isCloseTo(behindTheStep, within(1e-6));
    }

    private static double toTheHost(Case each) {
        return seconds(
                each.job(),
                TimeState.HOST_TRANSFER,
                (operation, bytes, group) -> sumsOnly(Collective.ALL_GATHER, bytes, group));
    }

    /**
     * torch.distributed.pipelining sends the gradient of a chunk's input first and then waits for the sums: one chunk to a
     * stage, the first stage ends as late as with ZeRO-1, by its own sums after its last pass. ZeRO-2 and ZeRO-3 do the same.
     */
    @Test
    void theStageBeforeDoesNotWaitForSumsOnce() {
        double behindAll =
                cost(new Case(Sharding.zero(1), Offload.NONE, 4, 1).job()).seconds();
        for (int zero : new int[] {2, 3}) {
            Sharding once = Sharding.zero(zero).withReduceEachMicroBatch(false);
            Sharding kept = zero == 3 ? once.with(Reshard.AFTER_STEP) : once;
            assertThat(cost(new Case(kept, Offload.NONE, 4, 1).job()).seconds()).isCloseTo(behindAll, within(1e-6));
        }
    }

    /**
     * A stage sums a chunk before it goes on with the next: the last one sums a layer and the head, then comes the last pass
     * of the first chunk, and once its gradient has come to the first stage that one sums a layer and the table. With ZeRO-1
     * the first stage sums two layers and the table at the end.
     */
    @Test
    void aStageOfSeveralChunksWaitsForTheSumsOfEach() {
        Sharding once = Sharding.zero(2).withReduceEachMicroBatch(false);
        double behindChunks = cost(new Case(once, Offload.NONE, 4, 2).job()).seconds();
        double behindAll =
                cost(new Case(Sharding.zero(1), Offload.NONE, 4, 2).job()).seconds();
        double head = MODEL.layers().stream()
                .skip(9)
                .mapToDouble(layer -> layer.trainedPerRank(Split.NONE).total())
                .sum();
        double sums = head * SOFTWARE.gradients().bytesPerElement() * (RANKS - 1) / RANKS / BYTES_PER_SECOND;

        assertThat(behindChunks).isCloseTo(behindAll + sums, within(1e-6));
    }

    /** Replicas wait for each other in the middle of a step only where every pass exchanges something. */
    @Test
    void replicasThatSumOnceAreNotInLockstep() {
        Sharding two = Sharding.zero(2);
        Sharding three = Sharding.zero(3).withReduceEachMicroBatch(false);

        assertThat(lockstep(two)).isEqualTo(RANKS);
        assertThat(lockstep(two.withReduceEachMicroBatch(false))).isEqualTo(1);
        assertThat(lockstep(three)).isEqualTo(RANKS);
        assertThat(lockstep(three.with(Reshard.AFTER_STEP))).isEqualTo(1);
    }

    private static int lockstep(Sharding sharding) {
        return new Case(sharding, Offload.NONE, 4, 1).plan().replicasInLockstep();
    }

    /**
     * Both copies of a model that DualPipe holds sum their shards: an eighth of what they sum without sharding; half the
     * micro-batches go either way.
     */
    @Test
    void bothCopiesOfAModelSumTheirShards() {
        ParallelPlan plan =
                ParallelPlan.of(Degrees.of(1, 2, RANKS)).with(new Pipelining(Schedule.DUALPIPE, 2, List.of()));
        double whole = betweenCopies(plan);
        double gradients = 2 * MODEL.parameters() * SOFTWARE.gradients().bytesPerElement();

        assertThat(whole).isCloseTo(gradients / BYTES_PER_SECOND, within(1e-6));
        for (int zero : new int[] {2, 3}) {
            for (boolean each : new boolean[] {false, true}) {
                Sharding sharding = Sharding.zero(zero).withReduceEachMicroBatch(each);
                double expected = whole / RANKS * (each ? MICRO_BATCHES / 2 : 1);
                assertThat(betweenCopies(plan.with(sharding))).isCloseTo(expected, within(1e-6));
            }
        }
    }

    /** Seconds of all-reduces between two ranks on both stages together. */
    private static double betweenCopies(ParallelPlan plan) {
        TrainingJob job = new TrainingJob(
                MODEL, new Batch(RANKS * MICRO_BATCHES, 1, 1024), PrecisionRecipe.FP16, plan, CLUSTER, SOFTWARE);
        CollectiveModel network = (operation, bytes, group) ->
                sumsOnly(group.ranks() == 2 ? operation : Collective.ALL_GATHER, bytes, group);
        StepCost cost = new EventStepModel(cluster -> network).cost(job);
        return cost.share(TimeState.DATA_COMMUNICATION) * cost.seconds() * plan.pipeline();
    }
}
