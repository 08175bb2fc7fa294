package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.GossipDetector;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.detect.CollectiveTimeout;
import trainyard.faults.detect.CollectiveTimeout.SlowOperations;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.HeartbeatWatch;
import trainyard.faults.detect.LayeredDetector;
import trainyard.faults.detect.PhiAccrualWatch;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.detect.SwimWatch;
import trainyard.faults.detect.Telemetry;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.InPlace;
import trainyard.faults.retry.Jitter;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartBudget.Counting;
import trainyard.faults.retry.RestartBudget.Stop;
import trainyard.faults.retry.RestartPolicy;
import trainyard.faults.retry.RestartPolicy.CrashLoopBrake;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

class SupervisionTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final Optional<SlowOperations> NEVER_SLOW = Optional.empty();
    private static final StatedDetector STATED = new StatedDetector(new Fixed(30), new Fixed(600));

    private static FaultCause cause(String name, Visibility visibility, Damage damage, Distribution law) {
        return new FaultCause(name, Scope.NODE, law, visibility, damage, new Fixed(1e6), MADE_UP);
    }

    private static LongJob job(Supervision supervision) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 0, 0, Damage.NODE);
        return new LongJob(
                        1,
                        Long.MAX_VALUE,
                        StepTimes.constant(SECOND),
                        new CheckpointPlan(100, List.of(storage)),
                        new ReplaceLost(),
                        RecoveryTimes.fixed(30, 60))
                .with(supervision);
    }

    private static LifeOutcome live(Supervision supervision, int spares, long seconds, FaultCause... causes) {
        return new LifeSimulation(
                        job(supervision), new ClusterShape(1 + spares, 8, 8), List.of(causes), 1, seconds * SECOND)
                .run(new RandomStreams(3, 0));
    }

    private static Supervision noticing(Detector detector) {
        return new Supervision(detector, RestartPolicy.ALWAYS);
    }

    private static Supervision restarting(RestartPolicy rules) {
        return new Supervision(STATED, rules);
    }

    private static RestartPolicy limited(RestartBudget budget) {
        return new RestartPolicy(budget, Set.of(), Optional.empty(), Optional.empty());
    }

    /** Runs from 60 s on, hangs at 1,000 s and stands still to the end at 10,000 s. */
    @Test
    void aHangWithoutATimeoutLastsToTheEndAndSaysSo() {
        FaultCause hang = cause("hang", Visibility.HANG, Damage.PROCESS, new Fixed(1000));
        Detector none = new LayeredDetector(
                List.of(new CollectiveTimeout(Double.POSITIVE_INFINITY, NEVER_SLOW), STATED), List.of());
        LifeOutcome life = live(noticing(none), 0, 10_000, hang);
        assertThat(life.events().hangs()).isTrue();
        assertThat(life.events().unnoticedNanos()).isEqualTo(9000 * SECOND);
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isEqualTo(8 * 9000);
        assertThat(life.incidents()).isEqualTo(1);
        Detector timeout = new LayeredDetector(List.of(new CollectiveTimeout(600, NEVER_SLOW), STATED), List.of());
        LifeOutcome ended = live(noticing(timeout), 0, 10_000, hang);
        assertThat(ended.events().hangs()).isFalse();
        assertThat(ended.events().unnoticedNanos()).isZero();
        assertThat(ended.ledger().gpuSeconds(GpuState.DETECT)).isEqualTo(8 * 9 * 600);
    }

    /**
     * A link hangs at 1,000 s, which costs 40 steps, a timeout of 100 s and a start of 60 s; then steps take three times as long
     * until the link is repaired at 1,500 s, which the job takes in at 1,502 s.
     */
    @Test
    void aJobGoesOnOverItsFallbackUntilTheRepair() {
        FaultCause flap = new FaultCause(
                "flap",
                Scope.LINK,
                new Fixed(1000),
                Visibility.HANG,
                Damage.PROCESS,
                new Fixed(0),
                MADE_UP,
                FaultTraits.NONE.with(new Slowdown(0.5, Optional.of(new Fixed(500)))));
        StepTimes threefold = new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return SECOND;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                assertThat(slow).containsExactly(new SlowPart(0, SlowPart.Kind.PORTS, 0, 0.5));
                return 3;
            }
        };
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 0, 0, Damage.NODE);
        Detector timeout = new LayeredDetector(List.of(new CollectiveTimeout(100, NEVER_SLOW), STATED), List.of());
        LongJob job = new LongJob(
                        1,
                        Long.MAX_VALUE,
                        threefold,
                        new CheckpointPlan(100, List.of(storage)),
                        new ReplaceLost(),
                        RecoveryTimes.fixed(30, 60))
                .with(noticing(timeout));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 8, 8, 1, 8, 1), List.of(flap), 1, 1900 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.ledger().gpuSeconds(GpuState.USEFUL)).isEqualTo(8 * (900 + 114 + 398));
        assertThat(life.ledger().gpuSeconds(GpuState.SLOW)).isEqualTo(8 * 228);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isEqualTo(8 * 40);
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isEqualTo(8 * 100);
        assertThat(life.incidents()).isEqualTo(1);
    }

    /** The error at 3,000 s, noticed after 30 s, ends the hang of 1,000 s. */
    @Test
    void anErrorEndsAHangThatNothingElseNotices() {
        FaultCause hang = cause("hang", Visibility.HANG, Damage.PROCESS, new Fixed(1000));
        FaultCause error = cause("error", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(3010));
        Detector none = new LayeredDetector(
                List.of(new CollectiveTimeout(Double.POSITIVE_INFINITY, NEVER_SLOW), STATED), List.of());
        LifeOutcome life = live(noticing(none), 0, 3500, hang, error);
        assertThat(life.events().hangs()).isFalse();
        assertThat(life.events().unnoticedNanos()).isEqualTo(2040 * SECOND);
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isEqualTo(8 * 2040);
    }

    /** A node breaks at 1,000 s: three starts of 60 s in vain with waits of 10 and 20 s, then the spare. */
    @Test
    void aPermanentFaultTriedBlindlyCostsTheWholeBudget() {
        FaultCause broken = new FaultCause(
                "broken", Scope.CLUSTER, new Fixed(1000), Visibility.EXPLICIT, Damage.NODE, new Fixed(200), MADE_UP);
        BackoffRule backoff = new BackoffRule(10, 2, 1000, 3, Jitter.NONE);
        // Both nodes break at 1,000 s and are repaired one after the other, at 1,200 s and 1,400 s.
        LifeOutcome blind = live(restarting(inPlace(false, backoff)), 1, 1990, broken);
        LifeOutcome told = live(restarting(inPlace(true, backoff)), 1, 1990, broken);
        assertThat(blind.events().triesInVain()).isEqualTo(3);
        assertThat(blind.ledger().gpuSeconds(GpuState.BACKOFF)).isEqualTo(8 * 30);
        assertThat(told.events().triesInVain()).isZero();
        assertThat(told.ledger().gpuSeconds(GpuState.BACKOFF)).isZero();
        // Noticed at 1,030 s; told: waits for the repair at 1,200 s. Blind: at 1,240 s one has come back.
        double toldInitialise = told.ledger().gpuSeconds(GpuState.INITIALISE);
        assertThat(toldInitialise).isEqualTo(8 * 2 * 60);
        assertThat(blind.ledger().gpuSeconds(GpuState.INITIALISE) - toldInitialise)
                .isCloseTo(8 * 3 * 60, within(1e-6));
    }

    private static RestartPolicy inPlace(boolean classified, BackoffRule backoff) {
        return new RestartPolicy(
                RestartBudget.UNLIMITED, Set.of(), Optional.of(new InPlace(classified, backoff)), Optional.empty());
    }

    @Test
    void aJobStopsWhereItsBudgetEnds() {
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(1000));
        RestartBudget three = new RestartBudget(3, Counting.JOB, 99, 99, 1);
        LifeOutcome life = live(restarting(limited(three)), 0, 10_000, crash);
        assertThat(life.events().stop()).contains(Stop.BUDGET);
        assertThat(life.incidents()).isEqualTo(4);
        // Stops at 4,030 s.
        assertThat(life.ledger().gpuSeconds(GpuState.IDLE)).isEqualTo(8 * (10_000 - 4030));
        RestartPolicy isFinal =
                new RestartPolicy(RestartBudget.UNLIMITED, Set.of("crash"), Optional.empty(), Optional.empty());
        LifeOutcome once = live(restarting(isFinal), 0, 10_000, crash);
        assertThat(once.events().stop()).contains(Stop.EXIT_CODE);
        assertThat(once.incidents()).isEqualTo(1);
    }

    /** Faults each 150 s leave less than the 100 steps to the next snapshot: no progress after the first. */
    @Test
    void aJobStopsThatMakesNoProgress() {
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(150));
        RestartBudget progress = new RestartBudget(Integer.MAX_VALUE, Counting.JOB, 3, Integer.MAX_VALUE, 1);
        LifeOutcome life = live(restarting(limited(progress)), 0, 10_000, crash);
        assertThat(life.events().stop()).contains(Stop.NO_PROGRESS);
        assertThat(life.incidents()).isEqualTo(4);
        assertThat(life.steps()).isZero();
    }

    /** Waits of 10, 20, 40 s before starts that follow each other; forgotten after a run of 2,000 s. */
    @Test
    void theBrakeWaitsLongerEachTime() {
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(1000));
        CrashLoopBrake brake = new CrashLoopBrake(new BackoffRule(10, 2, 300, 1, Jitter.NONE), 2000);
        RestartPolicy rules =
                new RestartPolicy(RestartBudget.UNLIMITED, Set.of(), Optional.empty(), Optional.of(brake));
        LifeOutcome life = live(restarting(rules), 0, 3500, crash);
        assertThat(life.ledger().gpuSeconds(GpuState.BACKOFF)).isEqualTo(8 * 70);
        CrashLoopBrake forgetful = new CrashLoopBrake(new BackoffRule(10, 2, 300, 1, Jitter.NONE), 500);
        RestartPolicy other =
                new RestartPolicy(RestartBudget.UNLIMITED, Set.of(), Optional.empty(), Optional.of(forgetful));
        assertThat(live(restarting(other), 0, 3500, crash).ledger().gpuSeconds(GpuState.BACKOFF))
                .isEqualTo(8 * 30);
    }

    /**
     * A fault each 50 s, but a start takes 60 s: the job never runs, however long ago its first start was. It fails at 50, 100,
     * 200, 300, 450, 650 and 1,000 s, each noticed 30 s later.
     */
    @Test
    void theBrakeForgetsNothingWhereTheJobFailsDuringItsStart() {
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(50));
        CrashLoopBrake brake = new CrashLoopBrake(new BackoffRule(10, 2, 300, 1, Jitter.NONE), 600);
        RestartPolicy rules =
                new RestartPolicy(RestartBudget.UNLIMITED, Set.of(), Optional.empty(), Optional.of(brake));
        LifeOutcome life = live(restarting(rules), 0, 1330, crash);
        assertThat(life.ledger().gpuSeconds(GpuState.USEFUL)).isZero();
        assertThat(life.ledger().gpuSeconds(GpuState.BACKOFF)).isEqualTo(8 * (10 + 20 + 40 + 80 + 160 + 300 + 300));
    }

    /** Alarms without a fault each cost a restart, and their number is that of the closed form. */
    @Test
    void falseAlarmsCostRestarts() {
        HeartbeatDetector form = new HeartbeatDetector(1, 2, 0.02);
        FaultCause rare = cause("rare", Visibility.EXPLICIT, Damage.NODE, new Exponential(1e12));
        Detector detector = new LayeredDetector(List.of(new HeartbeatWatch(form), STATED), List.of());
        int alarms = 0;
        double running = 0;
        for (int i = 0; i < 40; i++) {
            LifeOutcome life = new LifeSimulation(
                            job(noticing(detector)), new ClusterShape(1, 8, 8), List.of(rare), 1, 500_000 * SECOND)
                    .run(new RandomStreams(5, i));
            assertThat(life.incidents()).isEqualTo(life.events().falseAlarms());
            assertThat(life.faults()).isZero();
            assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isZero();
            alarms += life.events().falseAlarms();
            running += life.seconds();
        }
        double expected = running / form.meanSecondsBetweenFalseAlarms();
        assertThat(expected).isGreaterThan(7000);
        assertThat((double) alarms).isCloseTo(expected, within(0.03 * expected));
    }

    /** Each detector of nodes gives the mean latency of its form, from the marks of faults. */
    @Test
    void detectorsOfALifeHaveTheLatenciesOfTheirForms() {
        latencyIs(
                new HeartbeatWatch(new HeartbeatDetector(2, 4, 0.3)),
                new HeartbeatDetector(2, 4, 0.3).meanDetectionSecondsAfterLosses());
        latencyIs(new HeartbeatWatch(new HeartbeatDetector(1, 2, 0.5)), 1.5 - 1.0 / 3);
        latencyIs(new HeartbeatWatch(new HeartbeatDetector(1, 3, 1)), 2.5 - 1);
        latencyIs(new HeartbeatWatch(new HeartbeatDetector(1, 3, 0)), 2.5);
        latencyIs(
                new SwimWatch(new GossipDetector(64, 1, 3, 0), 5),
                5 + new GossipDetector(64, 1, 3, 0).meanSuspicionSeconds());
        latencyIs(new SwimWatch(new GossipDetector(2, 1, 3, 0), 0), 1.5);
        latencyIs(new PhiAccrualWatch(1, 0.1, 8), PhiAccrual.meanDetectionSeconds(1, 0.1, 8));
        latencyIs(new Telemetry(new Telemetry.Rule(10, 3, 1), Map.of(), 0), 25);
        latencyIs(new Telemetry(new Telemetry.Rule(10, 3, 1), Map.of("broken", new Telemetry.Rule(2, 1, 1)), 0), 1);
    }

    private static void latencyIs(Detector detector, double expected) {
        FaultCause broken = cause("broken", Visibility.EXPLICIT, Damage.NODE, new Exponential(5000));
        Detector layered = new LayeredDetector(List.of(detector, STATED), List.of());
        Tally latency = new Tally();
        for (long mark = 0; mark < 20_000; mark++) {
            Fault fault = new Fault(0, broken, 0, 0, 1, Damage.NODE, 0, 0, mark);
            latency.add(layered.latencySeconds(fault, RandomSource.SPLIT_MIX_64.create(mark)));
        }
        assertThat(latency.mean()).as(detector.toString()).isCloseTo(expected, within(0.01 * expected));
    }

    /** A process that ends is not a node that falls silent; a rule that does not know a fault never sees it. */
    @Test
    void detectorsSeeTheirFaultsOnly() {
        FaultCause hang = cause("hang", Visibility.HANG, Damage.PROCESS, new Exponential(5000));
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Exponential(5000));
        Detector heartbeats = new HeartbeatWatch(new HeartbeatDetector(1, 3, 0));
        Detector timeout = new CollectiveTimeout(600, NEVER_SLOW);
        Detector all = new LayeredDetector(List.of(heartbeats, timeout, STATED), List.of());
        UniformRandomProvider draws = RandomSource.SPLIT_MIX_64.create(1L);
        assertThat(all.latencySeconds(new Fault(0, hang, 0, 0, 1, Damage.PROCESS, 0, 0, 4), draws))
                .isEqualTo(600);
        assertThat(all.latencySeconds(new Fault(0, crash, 0, 0, 1, Damage.PROCESS, 0, 0, 4), draws))
                .isEqualTo(30);
        Detector blind = new LayeredDetector(
                List.of(timeout), List.of(new Telemetry(new Telemetry.Rule(10, 1, 0.25), Map.of(), 0)));
        int soon = 0;
        for (long mark = 0; mark < 4000; mark++) {
            soon += blind.latencySeconds(new Fault(0, hang, 0, 0, 1, Damage.PROCESS, 0, 0, mark), draws) < 600 ? 1 : 0;
        }
        assertThat(soon).isBetween(920, 1080);
    }

    /** Every GPU-nanosecond is in one state under any supervision, and the run is a function of its seed. */
    @Test
    void theStatesSumToGpusTimesTime() {
        UniformRandomProvider random = new RandomStreams(77, 0).stream("supervised");
        for (int trial = 0; trial < 300; trial++) {
            LifeSimulation plain = LifeSimulationTest.random(random);
            LifeSimulation simulation = new LifeSimulation(
                    plain.job().with(random(random)),
                    plain.cluster(),
                    plain.faults(),
                    plain.repairCrews(),
                    plain.horizonNanos());
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0));
            assertThat(life.ledger().total())
                    .as(simulation.toString())
                    .isEqualTo(BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus())));
            for (GpuState state : GpuState.values()) {
                assertThat(life.ledger().gpuNanos(state).signum()).isNotNegative();
            }
            assertThat(simulation.run(new RandomStreams(trial, 0)).events()).isEqualTo(life.events());
        }
    }

    static Supervision random(UniformRandomProvider random) {
        List<Detector> layers = List.of(
                new HeartbeatWatch(new HeartbeatDetector(10, 1 + random.nextInt(3), 0.05 * random.nextInt(3))),
                new CollectiveTimeout(
                        random.nextBoolean() ? Double.POSITIVE_INFINITY : 100 * random.nextInt(9),
                        random.nextBoolean() ? NEVER_SLOW : Optional.of(new SlowOperations(7, 60))),
                STATED);
        Detector telemetry = new Telemetry(new Telemetry.Rule(20, 2, random.nextDouble()), Map.of(), random.nextInt(9));
        BackoffRule backoff = new BackoffRule(5, 2, 300, 1 + random.nextInt(4), Jitter.values()[random.nextInt(3)]);
        return new Supervision(
                new LayeredDetector(layers, random.nextBoolean() ? List.of() : List.of(telemetry)),
                new RestartPolicy(
                        random.nextBoolean()
                                ? RestartBudget.UNLIMITED
                                : new RestartBudget(
                                        random.nextInt(40),
                                        Counting.values()[random.nextInt(2)],
                                        1 + random.nextInt(9),
                                        3 + random.nextInt(20),
                                        3600),
                        random.nextInt(5) == 0 ? Set.of("NODE") : Set.of(),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new InPlace(random.nextBoolean(), backoff)),
                        random.nextBoolean() ? Optional.empty() : Optional.of(new CrashLoopBrake(backoff, 3000))));
    }

    /** A hang at 1,000 s that nobody notices stands until the limit at 5,000 s, counted from the grant at 0 s. */
    @Test
    void aHangThatTheTimeLimitEndsWasUnnoticedUntilThen() {
        FaultCause hang = cause("hang", Visibility.HANG, Damage.PROCESS, new Fixed(1000));
        LongJob endless = job(noticing(new CollectiveTimeout(Double.POSITIVE_INFINITY, NEVER_SLOW)));
        LifeOutcome life = new LifeSimulation(
                        limited(endless, 0), new ClusterShape(1, 8, 8), List.of(hang), 1, 5500 * SECOND)
                .run(new RandomStreams(3, 0));
        assertThat(life.ledger().gpuSeconds(GpuState.DETECT)).isEqualTo(8 * 4000);
        assertThat(life.events().unnoticedNanos()).isEqualTo(4000 * SECOND);
        assertThat(life.events().hangs()).isFalse();
    }

    /** Nobody signals a limit to a job that is not started again. */
    @Test
    void aJobThatIsStoppedHasNoTimeLimit() {
        FaultCause crash = cause("crash", Visibility.EXPLICIT, Damage.PROCESS, new Fixed(1000));
        LongJob once = job(restarting(
                new RestartPolicy(RestartBudget.UNLIMITED, Set.of("crash"), Optional.empty(), Optional.empty())));
        LifeOutcome life = new LifeSimulation(
                        limited(once, 100), new ClusterShape(1, 8, 8), List.of(crash), 1, 8000 * SECOND)
                .run(new RandomStreams(3, 0));
        assertThat(life.events().stop()).hasValue(RestartBudget.Stop.EXIT_CODE);
        assertThat(life.snapshots().signals()).isZero();
    }

    /** The same job with a time limit of 5,000 s. */
    private static LongJob limited(LongJob job, long noticeSeconds) {
        return new LongJob(
                job.layout(),
                job.batch(),
                job.steps(),
                job.stepTimes(),
                job.checkpoints().with(new OnSignal(5000 * SECOND, noticeSeconds * SECOND, true)),
                job.recovery(),
                job.times(),
                job.supervision());
    }
}
