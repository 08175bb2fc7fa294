package trainyard.parallel.step.uneven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.condition.ComputeJitter;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.condition.RankCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.StageTime;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.ShiftedExponential;
import trainyard.sim.stats.Tally;

/** Steps of real jobs whose ranks differ: which part of the job a slow rank, a slow link or another GPU slows. */
class UnevenStepTest {

    private static final HardwareCatalog HARDWARE = HardwareCatalog.load();
    private final StepModel steps = new EventStepModel(NcclModel::on);

    @Test
    void aSlowRankAtFullSpeedChangesNothing() {
        TrainingJob job = job(Degrees.of(4, 2, 4), Sharding.zero(1));
        StepCost even = steps.cost(job);
        StepCost same = steps.cost(job, slow(5, 0.999999999));
        assertThat(same.seconds()).isCloseTo(even.seconds(), within(even.seconds() * 1e-6));
        assertThat(same.share(TimeState.COMPUTE)).isCloseTo(even.share(TimeState.COMPUTE), within(1e-6));
    }

    /** Seven of eight tensor ranks wait for the eighth; their mean compute grows by an eighth of what one takes longer. */
    @Test
    void aTensorGroupRunsAtItsSlowestMember() {
        TrainingJob job = job(Degrees.of(8, 1, 1), Sharding.NONE);
        StepCost even = steps.cost(job);
        StepCost slow = steps.cost(job, slow(3, 0.5));
        double kernels = seconds(even, TimeState.COMPUTE) + seconds(even, TimeState.SLOWEST_GPU);
        assertThat(slow.seconds() - even.seconds())
                .isCloseTo(kernels + seconds(even, TimeState.OPTIMIZER), within(even.seconds() * 0.02));
        assertThat(seconds(slow, TimeState.COMPUTE))
                .isCloseTo(seconds(even, TimeState.COMPUTE) * (7 + 2) / 8, within(even.seconds() * 0.02));
        assertThat(seconds(slow, TimeState.TENSOR_COMMUNICATION))
                .isCloseTo(seconds(even, TimeState.TENSOR_COMMUNICATION), within(1e-9));
    }

    /** All ranks of one stage at half speed are that stage twice as long; the other stage computes as before. */
    @Test
    void onlyTheStageOfASlowRankComputesLonger() {
        TrainingJob job = job(Degrees.of(4, 2, 1), Sharding.NONE);
        StepCost even = steps.cost(job);
        StepCost slow = steps.cost(job, slow(6, 0.5));
        assertThat(slow.stages().get(0).nanos(TimeState.COMPUTE))
                .isEqualTo(even.stages().get(0).nanos(TimeState.COMPUTE));
        assertThat(slow.stages().get(1).nanos(TimeState.STRAGGLER_WAIT)).isPositive();
        assertThat(slow.stages().get(0).nanos(TimeState.STRAGGLER_WAIT)).isZero();
        assertThat(slow.stages().get(0).nanos(TimeState.BUBBLE))
                .isGreaterThan(even.stages().get(0).nanos(TimeState.BUBBLE));
    }

    /** Wherever the slow rank of a replica lies, the step is as long; all other replicas wait equally. */
    @Test
    void replicasWaitForTheOneWithASlowRank() {
        TrainingJob job = job(Degrees.of(2, 1, 8), Sharding.zero(1));
        StepCost first = steps.cost(job, slow(0, 0.8));
        StepCost last = steps.cost(job, slow(15, 0.8));
        assertThat(first.stepNanos()).isEqualTo(last.stepNanos());
        assertThat(first.stages()).hasSize(2);
        assertThat(first.stages().stream().mapToInt(StageTime::gpus)).containsExactly(2, 14);
        assertThat(seconds(first, TimeState.STRAGGLER_WAIT))
                .isGreaterThan(0.1 * steps.cost(job).seconds());
    }

    /** FSDP gathers every layer from all ranks, so none can run ahead: one class, and the wait is within the passes. */
    @Test
    void rankThatShardWeightsStayInLockstep() {
        TrainingJob job = job(Degrees.of(1, 1, 16), Sharding.zero(3));
        StepCost slow = steps.cost(job, slow(7, 0.5));
        assertThat(slow.stages()).hasSize(1);
        assertThat(slow.seconds()).isGreaterThan(1.3 * steps.cost(job).seconds());
    }

    /** A port at a quarter of its rate: gradients of all replicas take four times as long, no pass does. */
    @Test
    void aSlowPortOfOneReplicaSlowsTheReductionOfAll() {
        TrainingJob job = job(Degrees.of(8, 1, 4), Sharding.zero(1)).with(SoftwareProfiles.named("megatron-2022"));
        LinkShares quarter = new LinkShares(1, 0.25, 1);
        JobCondition condition = JobCondition.of(Map.of(9, RankCondition.HEALTHY.withLinks(quarter)));
        StepCost even = steps.cost(job);
        StepCost slow = steps.cost(job, condition);
        assertThat(seconds(slow, TimeState.COMPUTE)).isCloseTo(seconds(even, TimeState.COMPUTE), within(1e-9));
        double exposed = seconds(even, TimeState.DATA_COMMUNICATION);
        assertThat(seconds(slow, TimeState.DATA_COMMUNICATION)).isBetween(3.9 * exposed, 4 * exposed);
        assertThat(slow.seconds() - even.seconds())
                .isCloseTo(seconds(slow, TimeState.DATA_COMMUNICATION) - exposed, within(even.seconds() * 1e-3));
    }

    @Test
    void aSlowScaleUpLinkSlowsTheTensorGroupOfItsNodeAlone() {
        TrainingJob job = job(Degrees.of(8, 1, 4), Sharding.zero(1)).with(SoftwareProfiles.named("megatron-2021"));
        StepCost even = steps.cost(job);
        StepCost slow =
                steps.cost(job, JobCondition.of(Map.of(9, RankCondition.HEALTHY.withLinks(new LinkShares(0.5, 1, 1)))));
        StageTime own =
                slow.stages().stream().filter(s -> s.gpus() == 8).findFirst().orElseThrow();
        StageTime others =
                slow.stages().stream().filter(s -> s.gpus() == 24).findFirst().orElseThrow();
        long healthy = even.stages().get(0).nanos(TimeState.TENSOR_COMMUNICATION);
        assertThat(others.nanos(TimeState.TENSOR_COMMUNICATION)).isEqualTo(healthy);
        assertThat(own.nanos(TimeState.TENSOR_COMMUNICATION)).isBetween((long) (1.7 * healthy), 2 * healthy);
        assertThat(others.nanos(TimeState.STRAGGLER_WAIT)).isPositive();
    }

    /** Replicas on A100 take as long as a whole job of A100 does until gradients meet; those on H100 wait. */
    @Test
    void aJobOnTwoTypesRunsAtTheSlowerOne() {
        TrainingJob fast = jobOn("DGX H100", Degrees.of(8, 1, 4), Sharding.zero(1));
        JobCondition mixed = JobCondition.of(onA100(16, 32));
        double h100 = steps.cost(fast).seconds();
        double a100 = steps.cost(jobOn("DGX A100", Degrees.of(8, 1, 4), Sharding.zero(1)))
                .seconds();
        StepCost both = steps.cost(fast, mixed);
        assertThat(both.seconds()).isBetween(0.93 * a100, 1.01 * a100);
        assertThat(both.seconds()).isGreaterThan(1.5 * h100);
        StageTime waiting = both.stages().get(0);
        assertThat(waiting.nanos(TimeState.STRAGGLER_WAIT) / 1e9).isCloseTo(a100 - h100, within(0.1 * a100));
        double peaks = (fast.cluster().node().gpu().peak(Precision.BF16) + 312e12) / 2;
        assertThat(both.peakFlopsPerSecond()).isCloseTo(peaks, within(peaks * 1e-3));
    }

    /** Shares of the batch in proportion to speed take most of the wait away. */
    @Test
    void unequalSharesOfTheBatchShortenTheStepOfAMixedJob() {
        TrainingJob fast = jobOn("DGX H100", Degrees.of(8, 1, 4), Sharding.zero(1));
        JobCondition mixed = JobCondition.of(onA100(16, 32));
        JobCondition shared = mixed.withMicroBatches(List.of(11, 11, 5, 5));
        StepCost equal = steps.cost(fast, mixed);
        StepCost unequal = steps.cost(fast, shared);
        assertThat(unequal.seconds()).isLessThan(0.8 * equal.seconds());
        assertThatThrownBy(() -> steps.cost(fast, mixed.withMicroBatches(List.of(11, 11, 5, 6))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("sum to 33");
    }

    /**
     * One micro-batch and one GPU per replica: a step is the largest of n draws, E[max] = shift + excess H_n for a shifted
     * exponential (Rényi 1953).
     */
    @Test
    void expectedMaximumOfJitterIsTheClosedForm() {
        int replicas = 16;
        TrainingJob job = withBatch(job(Degrees.of(1, 1, replicas), Sharding.NONE), replicas);
        ShiftedExponential factor = new ShiftedExponential(0.8, 0.2);
        double harmonic = 0;
        for (int i = 1; i <= replicas; i++) {
            harmonic += 1.0 / i;
        }
        StepCost even = steps.cost(job);
        double kernels = seconds(even, TimeState.COMPUTE) + seconds(even, TimeState.SLOWEST_GPU);
        double expected = kernels * (0.8 + 0.2 * harmonic - 1);
        Tally longer = new Tally();
        for (int replication = 0; replication < 400; replication++) {
            JobCondition jitter = JobCondition.EVEN.with(new ComputeJitter(factor, new RandomStreams(11, replication)));
            StepCost cost = steps.cost(job, jitter);
            longer.add(cost.seconds() - even.seconds());
            assertSums(cost, job.plan().gpus());
        }
        // 400 replications of a spread of 0.2 x 1.26 leave 1.3 % of the excess; overlapped buckets shift by less.
        assertThat(longer.mean()).isCloseTo(expected, within(0.04 * kernels));
    }

    /** Of two jobs with the same draws per rank the one whose ranks wait for each other in every micro-batch is longer. */
    @Test
    void jitterCostsMoreTheMoreOftenRanksMeet() {
        TrainingJob apart = job(Degrees.of(1, 1, 16), Sharding.zero(1));
        TrainingJob together = job(Degrees.of(1, 1, 16), Sharding.zero(3));
        ComputeJitter jitter = new ComputeJitter(new ShiftedExponential(0.8, 0.2), new RandomStreams(3, 0));
        double rarely = steps.cost(apart, JobCondition.EVEN.with(jitter)).share(TimeState.STRAGGLER_WAIT);
        double always = steps.cost(together, JobCondition.EVEN.with(jitter)).share(TimeState.STRAGGLER_WAIT);
        assertThat(always).isGreaterThan(rarely);
    }

    /** Slow ranks come one by one: each changes one replica, so at most one is replayed anew, and the step is the same. */
    @Test
    void replicasThatHaveNotChangedAreNotReplayedAgain() {
        TrainingJob job = job(Degrees.of(2, 2, 8), Sharding.zero(1));
        UnevenJob uneven = new UnevenJob(
                new UnevenPricing(job, NcclModel::on, KernelCalibration.NONE, EnumSet.allOf(ModellingElement.class)));
        Random random = new Random(3);
        Map<Integer, RankCondition> ranks = new HashMap<>();
        for (int changes = 1; changes <= 20; changes++) {
            ranks.put(random.nextInt(32), RankCondition.HEALTHY.withSpeed(0.3 + random.nextDouble() / 2));
            JobCondition condition = JobCondition.of(ranks);
            long nanos = uneven.under(condition).replay().endNanos();
            assertThat(nanos).isEqualTo(steps.cost(job, condition).stepNanos());
            assertThat(uneven.replays()).isLessThanOrEqualTo(1 + changes);
        }
    }

    @Test
    void statesOfAllGpusSumToTheStep() {
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            Degrees degrees = List.of(
                            Degrees.of(2, 2, 8), Degrees.of(4, 1, 8), Degrees.of(1, 4, 8), Degrees.of(8, 4, 1))
                    .get(i % 4);
            TrainingJob job = job(degrees, Sharding.zero(i % 2));
            Map<Integer, RankCondition> ranks = new HashMap<>();
            for (int slow = 0; slow < 5; slow++) {
                ranks.put(random.nextInt(32), RankCondition.HEALTHY.withSpeed(0.5 + random.nextDouble() / 2));
            }
            JobCondition condition = JobCondition.of(ranks);
            if (i % 3 == 0) {
                condition =
                        condition.with(new ComputeJitter(new ShiftedExponential(0.9, 0.1), new RandomStreams(i, 0)));
            }
            assertSums(steps.cost(job, condition), 32);
        }
    }

    private static void assertSums(StepCost cost, int gpus) {
        assertThat(cost.stages()).allMatch(group -> group.totalNanos() == cost.stepNanos());
        assertThat(cost.stages().stream().mapToInt(StageTime::gpus).sum()).isEqualTo(gpus);
    }

    private static double seconds(StepCost cost, TimeState state) {
        return cost.share(state) * cost.seconds();
    }

    /** Sums and choices over the types come out the same in every process only if their order follows from the job alone. */
    @Test
    void typesOfNodesComeInTheOrderOfTheirRanks() {
        List<Optional<NodeSpec>> types =
                HARDWARE.nodes().stream().limit(12).map(Optional::of).toList();
        List<LockstepRanks> stages = types.stream()
                .map(type -> new LockstepRanks(List.of(new LockstepRanks.Part(type, 1, 1, 1)), LinkShares.FULL))
                .toList();
        List<ReplicaClass> classes = List.of(new ReplicaClass(List.of(0), 1, stages, 1));
        assertThat(UnevenPricing.gpusByNode(classes).keySet()).containsExactlyElementsOf(types);
    }

    private static JobCondition slow(int rank, double speed) {
        return JobCondition.of(Map.of(rank, RankCondition.HEALTHY.withSpeed(speed)));
    }

    private static Map<Integer, RankCondition> onA100(int from, int to) {
        Map<Integer, RankCondition> ranks = new HashMap<>();
        for (int rank = from; rank < to; rank++) {
            ranks.put(rank, RankCondition.HEALTHY.withNode(HARDWARE.node("DGX A100")));
        }
        return ranks;
    }

    private static TrainingJob withBatch(TrainingJob job, int global) {
        return job.with(new Batch(4 * global, 4, job.batch().sequence()));
    }

    private static TrainingJob job(Degrees degrees, Sharding sharding) {
        return jobOn("DGX A100", degrees, sharding);
    }

    /** Large enough that kernels, not the host that issues them, decide. */
    private static TrainingJob jobOn(String node, Degrees degrees, Sharding sharding) {
        return new TrainingJob(
                ModelPresets.named("gpt-18b"),
                new Batch(128, 4, 2048),
                PrecisionRecipe.BF16,
                ParallelPlan.of(degrees).with(sharding),
                new ClusterSpec(HARDWARE.node(node), 4, HARDWARE.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-core-2024"));
    }
}
