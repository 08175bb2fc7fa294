package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.life.record.LifeRecord.Stretch;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.retry.RestartPolicy;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

class SlowFaultsTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final List<Scope> SLOWED = List.of(Scope.GPU, Scope.LINK, Scope.NODE, Scope.SWITCH, Scope.RACK);

    /** All wait for the slowest part. */
    private static StepTimes slowest(long nanos) {
        return new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return nanos;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                return 1 / slow.stream().mapToDouble(SlowPart::share).min().orElseThrow();
            }
        };
    }

    private static FaultCause slow(String name, Scope scope, Distribution law, Slowdown slowdown) {
        return new FaultCause(
                name,
                scope,
                law,
                Visibility.SLOW,
                Damage.NODE,
                new Fixed(100),
                MADE_UP,
                FaultTraits.NONE.with(slowdown));
    }

    /** Saves each step without a stall. */
    private static LongJob job(int nodes, Optional<Distribution> noticeSeconds) {
        CheckpointPlan plan = new CheckpointPlan(1, List.of(CheckpointLevel.blocking("storage", 0, 0, Damage.NODE)));
        return new LongJob(
                        nodes, Long.MAX_VALUE, slowest(10 * SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0))
                .with(new Supervision(
                        new StatedDetector(new Fixed(0), new Fixed(0), noticeSeconds), RestartPolicy.ALWAYS));
    }

    /**
     * At 305 s both nodes fall to half of their speed for 90 s. The step under way ends at 310 s, 31 are done; five of 20 s
     * follow until 410 s, then four of 10 s until 450 s.
     */
    @Test
    void aSlowNodeStretchesTheSteps() {
        FaultCause hot = slow("hot", Scope.NODE, new Fixed(305), new Slowdown(0.5, Optional.of(new Fixed(90))));
        LifeOutcome life = new LifeSimulation(
                        job(2, Optional.empty()), new ClusterShape(2, 1, 2), List.of(hot), 1, 450 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(40);
        assertThat(life.ledger().gpuSeconds(GpuState.USEFUL)).isEqualTo(800);
        assertThat(life.ledger().gpuSeconds(GpuState.SLOW)).isEqualTo(100);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isZero();
        assertThat(life.events().incidents()).isZero();
    }

    /**
     * The same of one node, found after 40 s: at 135 s it is taken out, 15 s of a step are lost, its repair takes 100 s. From
     * 235 s on four more steps end by 280 s.
     */
    @Test
    void aSlowNodeThatIsFoundIsReplaced() {
        FaultCause slow = slow("slow", Scope.NODE, new Fixed(95), new Slowdown(0.5, Optional.empty()));
        LifeOutcome life = new LifeSimulation(
                        job(1, Optional.of(new Fixed(40))), new ClusterShape(1, 1, 1), List.of(slow), 1, 280 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(15);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isEqualTo(15);
        assertThat(life.ledger().gpuSeconds(GpuState.REPAIR)).isEqualTo(100);
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isZero();
        assertThat(life.events().incidents()).isEqualTo(1);
    }

    /**
     * A node at 0.8 of its speed from 1,000 s on, and at 0.5 from 1,500 s for 60 s: 100 steps of 10 s, 40 of 12.5 s, 3 of 20 s,
     * and from 1,560 s on steps of 12.5 s again.
     */
    @Test
    void aPartIsAsSlowAsBeforeOnceAWorseFaultIsOver() {
        FaultCause mild = slow("mild", Scope.NODE, new Fixed(1000), new Slowdown(0.8, Optional.empty()));
        FaultCause worse = slow("worse", Scope.NODE, new Fixed(1500), new Slowdown(0.5, Optional.of(new Fixed(60))));
        assertThat(unnoticed(1810, mild, worse).steps()).isEqualTo(100 + 40 + 3 + 20);
    }

    /** At 0.5 of its speed from 1,000 s for 600 s; from 1,300 s on it would be at 0.8, which shows once the other is over. */
    @Test
    void aMilderFaultShowsOnceAWorseOneIsOver() {
        FaultCause worse = slow("worse", Scope.NODE, new Fixed(1000), new Slowdown(0.5, Optional.of(new Fixed(600))));
        FaultCause mild = slow("mild", Scope.NODE, new Fixed(1300), new Slowdown(0.8, Optional.empty()));
        assertThat(unnoticed(1850, worse, mild).steps()).isEqualTo(100 + 30 + 20);
    }

    /** The node is in repair from 1,000 to 1,500 s, which sees to the GPU that a fault at 1,200 s would make slow. */
    @Test
    void aPartOfANodeInRepairDoesNotBecomeSlow() {
        FaultCause broken = new FaultCause(
                "broken", Scope.NODE, new Fixed(1000), Visibility.EXPLICIT, Damage.NODE, new Fixed(500), MADE_UP);
        FaultCause hot = slow("hot", Scope.GPU, new Fixed(1200), new Slowdown(0.5, Optional.empty()));
        assertThat(unnoticed(1600, broken, hot).steps()).isEqualTo(100 + 10);
    }

    private static LifeOutcome unnoticed(long seconds, FaultCause... causes) {
        return new LifeSimulation(
                        job(1, Optional.empty()), new ClusterShape(1, 1, 1), List.of(causes), 1, seconds * SECOND)
                .run(new RandomStreams(1, 0));
    }

    /** When a slow node is found says nothing about how long the diagnosis behind it takes. */
    @Test
    void theTimeUntilASlowNodeIsFoundIsDrawnByItself() {
        FaultCause slow = slow("slow", Scope.NODE, new Fixed(95), new Slowdown(0.5, Optional.empty()));
        LongJob plain = job(1, Optional.of(new Exponential(600)));
        LongJob job = new LongJob(
                        1,
                        Long.MAX_VALUE,
                        plain.stepTimes(),
                        plain.checkpoints(),
                        plain.recovery(),
                        new RecoveryTimes(
                                new Fixed(0),
                                new Fixed(0),
                                new Exponential(120),
                                new Fixed(0),
                                new Fixed(0),
                                new Fixed(0),
                                new Fixed(0)))
                .with(plain.supervision());
        LifeSimulation life = new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(slow), 1, 100_000 * SECOND);
        Tally found = new Tally();
        Tally diagnosed = new Tally();
        Tally product = new Tally();
        for (int replication = 0; replication < 400; replication++) {
            Stretch diagnosis = life.record(new RandomStreams(7, replication)).stretches().stream()
                    .filter(stretch -> stretch.state() == GpuState.DIAGNOSE)
                    .findFirst()
                    .orElseThrow();
            double after = SimTime.seconds(diagnosis.startNanos()) - 95;
            double takes = SimTime.seconds(diagnosis.nanos());
            found.add(after);
            diagnosed.add(takes);
            product.add(after * takes);
        }
        // Of independent times the mean of the product is that of the means; of one exponential draw it is twice that.
        assertThat(product.mean() / (found.mean() * diagnosed.mean())).isCloseTo(1, within(0.25));
    }

    /**
     * One port of four that is down leaves three quarters, since the others carry its traffic; the fourth one takes the node
     * along.
     */
    @Test
    void theOtherPortsOfANodeCarryTheTrafficOfOneThatIsDown() {
        FaultCause flap = slow("flap", Scope.LINK, new Exponential(1e5), new Slowdown(0, Optional.of(new Fixed(1e9))));
        List<Double> stretches = new ArrayList<>();
        StepTimes noted = new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return SECOND;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                stretches.add(slow.get(0).share());
                return 1;
            }
        };
        LongJob job = new LongJob(
                1, Long.MAX_VALUE, noted, CheckpointPlan.none(), new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        LifeOutcome life = new LifeSimulation(
                        job, new ClusterShape(1, 8, 1, 4, 1, 1), List.of(flap), 1, 400_000 * SECOND)
                .run(new RandomStreams(5, 0));
        assertThat(stretches).startsWith(0.75, 0.5, 0.25).isSubsetOf(0.75, 0.5, 0.25);
        assertThat(life.events().incidents()).isPositive();
        assertThat(life.ledger().gpuSeconds(GpuState.REPAIR))
                .isCloseTo(8 * 100.0 * life.events().incidents(), within(800.0));
    }

    /** Whatever is slow, whoever finds it: the states sum to GPUs x time, and steps that are slow lose what they take more. */
    @Test
    void theStatesSumToGpusTimesTime() {
        UniformRandomProvider random = new RandomStreams(29, 0).stream("slow lives");
        for (int trial = 0; trial < 200; trial++) {
            int nodes = 1 + random.nextInt(5);
            ClusterShape cluster = new ClusterShape(nodes + random.nextInt(3), 1 + random.nextInt(4), 2, 2, 3, 2);
            List<FaultCause> causes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Scope scope = SLOWED.get(random.nextInt(SLOWED.size()));
                Optional<Distribution> lasts =
                        random.nextBoolean() ? Optional.empty() : Optional.of(new Exponential(900));
                causes.add(slow(
                        "slow" + i,
                        scope,
                        new Exponential(4000.0 * scope.components(cluster)),
                        new Slowdown(0.2 + 0.7 * random.nextDouble(), lasts)));
            }
            causes.add(new FaultCause(
                    "crash",
                    Scope.NODE,
                    new Exponential(9000.0 * nodes),
                    Visibility.EXPLICIT,
                    Damage.NODE,
                    new Exponential(700),
                    MADE_UP));
            Optional<Distribution> notice = random.nextBoolean() ? Optional.empty() : Optional.of(new Fixed(500));
            LifeSimulation simulation = new LifeSimulation(job(nodes, notice), cluster, causes, 1, 100_000 * SECOND);
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0));
            assertThat(life.ledger().total())
                    .isEqualTo(BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus())));
            for (GpuState state : GpuState.values()) {
                assertThat(life.ledger().gpuNanos(state).signum()).isNotNegative();
            }
            assertThat(life.ledger().gpuSeconds(GpuState.USEFUL))
                    .isCloseTo(
                            life.steps() * 10.0 * nodes * cluster.gpusPerNode(),
                            within(10.0 * nodes * cluster.gpusPerNode()));
        }
    }

    /** Who does not say what slow parts do to a step cannot live with them. */
    @Test
    void stepTimesThatKnowNothingOfSlowPartsAreRefused() {
        FaultCause slow = slow("slow", Scope.NODE, new Fixed(95), new Slowdown(0.5, Optional.empty()));
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(SECOND),
                CheckpointPlan.none(),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        assertThatThrownBy(() -> new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(slow), 1, 200 * SECOND)
                        .run(new RandomStreams(1, 0)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** The same where the fault takes no node: at 135 s a restart ends it, and four steps of 10 s follow until 175 s. */
    @Test
    void aSlowPartThatTakesNoNodeIsWellAgainAfterTheRestart() {
        FaultCause slow = new FaultCause(
                "slow",
                Scope.GPU,
                new Fixed(95),
                Visibility.SLOW,
                Damage.RESTART,
                new Fixed(0),
                MADE_UP,
                FaultTraits.NONE.with(new Slowdown(0.5, Optional.empty())));
        LifeOutcome life = new LifeSimulation(
                        job(1, Optional.of(new Fixed(40))), new ClusterShape(1, 1, 1), List.of(slow), 1, 175 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(11 + 4);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isEqualTo(15);
        assertThat(life.ledger().gpuSeconds(GpuState.REPAIR)).isZero();
    }

    /** The only port of a node is down at 95 s, half a step is lost, and the restart brings it back. */
    @Test
    void aPortThatIsDownForTheProcessesAloneDoesNotLeaveTheNodeWithoutAny() {
        FaultCause down = new FaultCause(
                "down",
                Scope.LINK,
                new Fixed(95),
                Visibility.SLOW,
                Damage.PROCESS,
                new Fixed(0),
                MADE_UP,
                FaultTraits.NONE.with(new Slowdown(0, Optional.of(new Fixed(1e6)))));
        assertThat(unnoticed(135, down).steps()).isEqualTo(9 + 4);
    }

    /** The node is slow from 95 s on, in the tenth step: the snapshot behind it is taken nevertheless, and outlasts the crash. */
    @Test
    void aSnapshotThatIsDueWhenThePaceChangesIsTaken() {
        FaultCause slow = slow("slow", Scope.NODE, new Fixed(95), new Slowdown(0.5, Optional.empty()));
        FaultCause crash = new FaultCause(
                "crash", Scope.JOB, new Fixed(150), Visibility.EXPLICIT, Damage.PROCESS, new Fixed(0), MADE_UP);
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 5 * SECOND, 0, Damage.NODE);
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                slowest(10 * SECOND),
                new CheckpointPlan(10, List.of(storage)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(slow, crash), 1, 190 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.ledger().gpuSeconds(GpuState.CHECKPOINT)).isEqualTo(5);
        assertThat(life.steps()).isEqualTo(10 + 2);
    }
}
