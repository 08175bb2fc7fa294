package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.recovery.Warnings;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;
import trainyard.sim.stats.Tally;

class LifeSimulationTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final List<Scope> BREAKABLE = Arrays.stream(Scope.values())
            .filter(scope -> scope != Scope.STORAGE && scope != Scope.JOB)
            .toList();
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    private static FaultCause cause(String name, Scope scope, Distribution law, Damage damage, double repairSeconds) {
        return new FaultCause(name, scope, law, Visibility.EXPLICIT, damage, new Fixed(repairSeconds), MADE_UP);
    }

    private static LongJob job(int nodes, long steps, CheckpointPlan plan, RecoveryPolicy policy, RecoveryTimes times) {
        return new LongJob(nodes, steps, StepTimes.constant(SECOND), plan, policy, times);
    }

    private static CheckpointPlan storage(long everySteps, double writeSeconds, double restoreSeconds) {
        return new CheckpointPlan(
                everySteps,
                List.of(CheckpointLevel.blocking(
                        "storage", (long) (writeSeconds * SECOND), (long) (restoreSeconds * SECOND), Damage.NODE)));
    }

    /** One node fails for good after 1,000 s: three snapshots of 300 steps are safe, 70 steps and the stall are lost. */
    @Test
    void oneFaultByHand() {
        LongJob job = job(1, 1200, storage(300, 10, 60), new ReplaceLost(), RecoveryTimes.fixed(30, 90));
        FaultCause node = cause("node", Scope.NODE, new Fixed(1000 + 90), Damage.NODE, 1e6);
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(2, 8, 2), List.of(node), 1, 400 * HOUR)
                .run(new RandomStreams(1, 0));
        // Starts at 90 s; both nodes fail at 1,090 s: only one more start is possible, and not before the repair.
        assertThat(life.incidents()).isEqualTo(1);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isCloseTo(8 * 70, within(1e-6));
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isCloseTo(8 * 30, within(1e-6));
        assertThat(life.ledger().gpuSeconds(GpuState.LOAD)).isCloseTo(8 * 60, within(1e-6));
        assertThat(life.ledger().gpuSeconds(GpuState.USEFUL)).isCloseTo(8 * 1200, within(1e-6));
        assertThat(life.ledger().gpuSeconds(GpuState.CHECKPOINT)).isCloseTo(8 * 40, within(1e-6));
        assertThat(life.done()).isTrue();
        assertThat(life.seconds()).isCloseTo(1090 + 1e6 + 90 + 60 + 300 + 10, within(1e-6));
    }

    /** The same where spares are switched off: the second node does not fail at 1,090 s but takes over, and no repair is waited for. */
    @Test
    void aSpareThatIsSwitchedOffDoesNotFail() {
        LongJob job = job(1, 1200, storage(300, 10, 60), new ReplaceLost(), RecoveryTimes.fixed(30, 90));
        FaultCause node = cause("node", Scope.NODE, new Fixed(1000 + 90), Damage.NODE, 100)
                .with(FaultTraits.NONE.withOnlyAtWork(true));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(2, 8, 2), List.of(node), 1, 400 * HOUR)
                .run(new RandomStreams(1, 0));
        assertThat(life.incidents()).isEqualTo(1);
        assertThat(life.faults()).isEqualTo(1);
        // For the first 30 s of its repair the job does not know yet.
        assertThat(life.ledger().gpuSeconds(GpuState.REPAIR)).isCloseTo(8 * (100 - 30), within(1e-6));
        assertThat(life.done()).isTrue();
        assertThat(life.seconds()).isCloseTo(1090 + 30 + 90 + 60 + 300 + 10, within(1e-6));
    }

    /**
     * The exact mean time of work W with one snapshot at its end, {@code e^(R/M) (M + D) (e^((W + C)/M) - 1)} (Bougeret et
     * al. 2011), and of K such pieces: 20 pieces of 300 s with C = 10, R = 120, D = 30 and M = 1,800 s.
     */
    @Test
    void exponentialFaultsReachTheExactMean() {
        double mtbf = 1800;
        FaultCause crash = cause("crash", Scope.CLUSTER, new Exponential(mtbf), Damage.PROCESS, 0);
        LongJob job = job(4, 20 * 300, storage(300, 10, 120), new ReplaceLost(), RecoveryTimes.fixed(30, 0));
        LifeSimulation simulation =
                new LifeSimulation(job, new ClusterShape(4, 8, 4), List.of(crash), 1, 10_000 * HOUR);
        Tally seconds = new Tally();
        for (int i = 0; i < 4000; i++) {
            seconds.add(simulation.run(new RandomStreams(42, i)).seconds());
        }
        double exact = 20 * Math.exp(120 / mtbf) * (mtbf + 30) * Math.expm1(310 / mtbf);
        double standardError = seconds.standardDeviation() / Math.sqrt(seconds.count());
        assertThat(standardError / exact).isLessThan(0.01);
        // The first start loads nothing, and a step of 1 s is lost whole: both below the standard error.
        assertThat(seconds.mean()).isCloseTo(exact, within(4 * standardError));
    }

    /** Every GPU is in one state at any time: the states sum to GPUs x time, to the nanosecond, whatever happens. */
    @Test
    void theStatesSumToGpusTimesTime() {
        UniformRandomProvider random = new RandomStreams(23, 0).stream("lives");
        for (int trial = 0; trial < 400; trial++) {
            LifeSimulation simulation = random(random);
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0));
            BigInteger expected = BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus()));
            assertThat(life.ledger().total()).as(simulation.toString()).isEqualTo(expected);
            for (GpuState state : GpuState.values()) {
                assertThat(life.ledger().gpuNanos(state).signum())
                        .as("%s of %s", state, simulation)
                        .isNotNegative();
            }
            assertThat(life.done() || life.endNanos() == simulation.horizonNanos())
                    .isTrue();
        }
    }

    static LifeSimulation random(UniformRandomProvider random) {
        int replicas = 1 + random.nextInt(6);
        int replicaNodes = 1 + random.nextInt(3);
        int nodes = replicas * replicaNodes;
        ClusterShape cluster =
                new ClusterShape(nodes + random.nextInt(4), 1 + random.nextInt(8), 1 + random.nextInt(4));
        List<FaultCause> causes = new ArrayList<>();
        for (Damage damage : Damage.values()) {
            Scope scope = BREAKABLE.get(random.nextInt(BREAKABLE.size()));
            double mean = (1 + random.nextInt(200)) * 100.0 * scope.components(cluster);
            causes.add(new FaultCause(
                    damage.name(),
                    scope,
                    random.nextBoolean() ? new Exponential(mean) : Weibull.withMean(mean, 0.7),
                    Visibility.values()[random.nextInt(2)],
                    damage,
                    new LogNormal(2000, 2),
                    MADE_UP));
        }
        List<CheckpointLevel> levels = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            levels.add(new CheckpointLevel(
                    "level" + i,
                    1 + random.nextInt(3),
                    random.nextInt(20) * SECOND,
                    random.nextInt(200) * SECOND,
                    random.nextInt(60) * SECOND,
                    Damage.values()[random.nextInt(3)]));
        }
        RecoveryPolicy policy = policy(random, replicas, replicaNodes);
        Distribution short_ = new LogNormal(40, 1);
        RecoveryTimes times =
                new RecoveryTimes(short_, new Fixed(600), short_, new Exponential(300), short_, short_, short_);
        long steps = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(20_000);
        LongJob job = new LongJob(
                new JobLayout(replicas, replicaNodes, 1 + random.nextInt(replicaNodes)),
                1 + random.nextInt(100),
                steps,
                on -> 7 * SECOND * nodes / on,
                new CheckpointPlan(1 + random.nextInt(100), levels),
                policy,
                times);
        return new LifeSimulation(job, cluster, causes, 1 + random.nextInt(3), 50 * HOUR);
    }

    private static RecoveryPolicy policy(UniformRandomProvider random, int replicas, int replicaNodes) {
        OnLoss onLoss = OnLoss.values()[random.nextInt(3)];
        Warnings warnings = new Warnings(random.nextDouble(), 0.3 + 0.7 * random.nextDouble(), 300 * SECOND);
        return switch (random.nextInt(16)) {
            case 0 -> new Requeue();
            case 1 -> new ReplaceLost();
            case 2 -> new ElasticShrink(1, false, onLoss);
            case 3 -> new ElasticShrink(1, true, onLoss);
            case 4 -> new Standby(1 + random.nextInt(3), random.nextBoolean());
            case 5 -> new PipelineTemplates(1 + random.nextInt(replicaNodes), random.nextInt(3));
            case 6 -> new Reroute(1 + random.nextInt(8), random.nextBoolean());
            case 7 -> new RedundantStages(random.nextDouble(), 1 + random.nextInt(8));
            case 8 -> new ReplicaQuorum(1 + random.nextInt(replicas));
            case 9 -> new ShardedWork(ShardOffsets.spread(replicas, Math.min(2, (replicas + 1) / 2)));
            case 10 -> new JustInTime(20 * SECOND);
            case 11 -> new ProactiveDrain(warnings);
            case 12 -> new ElasticShrink(1, random.nextBoolean(), onLoss, Rejoin.AT_RESTART);
            case 13 -> new RedundantStages(random.nextDouble(), 1, true);
            case 14 -> new RequeueWhenStopped(new Reroute(1 + random.nextInt(8), true));
            default ->
                replicas % 2 == 0
                        ? new JobRedundancy(
                                JobRedundancy.Scope.values()[random.nextInt(2)],
                                random.nextBoolean() ? Rejoin.NEVER : Rejoin.IN_BACKGROUND)
                        : new ReplaceLost();
        };
    }

    /** Without spares a job that shrinks goes on while one that waits stands still until the repair is over. */
    @Test
    void shrinkingBeatsWaitingForARepair() {
        FaultCause node = cause("node", Scope.NODE, new Exponential(2000 * 3600), Damage.NODE, 24 * 3600);
        double waiting = goodput(node, new ReplaceLost());
        double elastic = goodput(node, new ElasticShrink(4, false, OnLoss.ACCUMULATE));
        assertThat(waiting).isLessThan(0.6);
        assertThat(elastic).isGreaterThan(0.9);
    }

    private static double goodput(FaultCause node, RecoveryPolicy policy) {
        LongJob job = new LongJob(
                new JobLayout(32, 2, 1),
                64,
                Long.MAX_VALUE,
                on -> SECOND * 64 / on,
                storage(300, 5, 30),
                policy,
                RecoveryTimes.fixed(30, 120));
        Tally goodput = new Tally();
        for (int i = 0; i < 20; i++) {
            goodput.add(new LifeSimulation(job, new ClusterShape(64, 8, 8), List.of(node), 64, 1000 * HOUR)
                    .run(new RandomStreams(5, i))
                    .goodput());
        }
        return goodput.mean();
    }

    /** A kept state loses the unfinished step only. */
    @Test
    void replicasThatKeepTheStateLoseOneStep() {
        FaultCause node = cause("node", Scope.NODE, new Exponential(500 * 3600), Damage.NODE, 3600);
        LongJob job = new LongJob(
                new JobLayout(8, 1, 1),
                64,
                Long.MAX_VALUE,
                on -> 10 * SECOND,
                CheckpointPlan.none(),
                new ElasticShrink(1, true, OnLoss.ACCUMULATE),
                RecoveryTimes.fixed(5, 20));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(8, 1, 8), List.of(node), 8, 2000 * HOUR)
                .run(new RandomStreams(2, 0));
        assertThat(life.incidents()).isGreaterThan(10);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isLessThanOrEqualTo(life.incidents() * 10.0 * 8);
        assertThat(life.ledger().gpuSeconds(GpuState.LOAD)).isZero();
    }

    /** A node that takes its disk along throws the job back to storage; a crash of processes does not. */
    @Test
    void theBestSurvivorIsLoaded() {
        CheckpointLevel disk = new CheckpointLevel("disk", 1, SECOND, 0, 5 * SECOND, Damage.RESTART);
        CheckpointLevel far = new CheckpointLevel("storage", 10, 5 * SECOND, 0, 60 * SECOND, Damage.NODE);
        CheckpointPlan plan = new CheckpointPlan(100, List.of(disk, far));
        FaultCause crash = cause("crash", Scope.CLUSTER, new Fixed(1950), Damage.PROCESS, 0);
        FaultCause node = cause("node", Scope.CLUSTER, new Fixed(1950), Damage.NODE, 1);
        LongJob job = job(1, Long.MAX_VALUE, plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        ClusterShape cluster = new ClusterShape(1, 1, 1);
        LifeOutcome crashed =
                new LifeSimulation(job, cluster, List.of(crash), 1, 3000 * SECOND).run(new RandomStreams(1, 0));
        LifeOutcome broken =
                new LifeSimulation(job, cluster, List.of(node), 1, 3000 * SECOND).run(new RandomStreams(1, 0));
        // 1,900 steps are done after 1,900 + 19 + 5 s; 26 s more are lost, or all from step 1,000 on.
        assertThat(crashed.ledger().gpuSeconds(GpuState.LOST_WORK)).isEqualTo(26);
        assertThat(broken.ledger().gpuSeconds(GpuState.LOST_WORK)).isEqualTo(926);
        assertThat(broken.ledger().gpuSeconds(GpuState.LOAD)).isEqualTo(60);
    }

    @Test
    void aRunIsAFunctionOfItsSeed() {
        LifeSimulation simulation = random(new RandomStreams(99, 0).stream("one"));
        LifeOutcome once = simulation.run(new RandomStreams(7, 3));
        LifeOutcome again = simulation.run(new RandomStreams(7, 3));
        assertThat(again.endNanos()).isEqualTo(once.endNanos());
        for (GpuState state : GpuState.values()) {
            assertThat(again.ledger().gpuNanos(state)).isEqualTo(once.ledger().gpuNanos(state));
        }
    }
}
