package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.life.SupervisedJob.MADE_UP;
import static trainyard.faults.life.SupervisedJob.NEVER_SLOW;
import static trainyard.faults.life.SupervisedJob.SECOND;
import static trainyard.faults.life.SupervisedJob.STATED;
import static trainyard.faults.life.SupervisedJob.cause;
import static trainyard.faults.life.SupervisedJob.job;
import static trainyard.faults.life.SupervisedJob.limited;
import static trainyard.faults.life.SupervisedJob.live;
import static trainyard.faults.life.SupervisedJob.noticing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import trainyard.faults.detect.CollectiveTimeout;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.HeartbeatWatch;
import trainyard.faults.detect.LayeredDetector;
import trainyard.faults.detect.PhiAccrualWatch;
import trainyard.faults.detect.SwimWatch;
import trainyard.faults.detect.Telemetry;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/** How long it takes until a fault is noticed, by a detector of its own, by another fault or by a time limit. */
class NoticingTest {

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
}
