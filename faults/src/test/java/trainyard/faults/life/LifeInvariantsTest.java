package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.AdaptiveInterval;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.Keeping;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.PeerCopies;
import trainyard.faults.checkpoint.Retention;
import trainyard.faults.checkpoint.Retention.Rung;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.checkpoint.Writing;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeRecord.Stretch;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * What holds of any life: lives with every policy, copies in the memory of the process, on peers, on disks and on storage,
 * checks, adaptive intervals, time limits, notices, storage that is away, silent errors, slow parts, crashes and hangs, and any supervision.
 */
class LifeInvariantsTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final int LIVES = 600;

    /** Every GPU is in exactly one state at any time: the states sum to GPUs x time, to the nanosecond. */
    @Test
    void theStatesOfAnyLifeSumToGpusTimesTime() {
        UniformRandomProvider random = new RandomStreams(41, 0).stream("any lives");
        Set<String> policies = new HashSet<>();
        Set<GpuState> states = new HashSet<>();
        int rollbacks = 0;
        int signalsSaved = 0;
        for (int trial = 0; trial < LIVES; trial++) {
            LifeSimulation simulation = random(random);
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0));
            assertThat(life.ledger().total())
                    .as(simulation.toString())
                    .isEqualTo(BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus())));
            for (GpuState state : GpuState.values()) {
                assertThat(life.ledger().gpuNanos(state).signum())
                        .as("%s of %s", state, simulation)
                        .isNotNegative();
                if (life.ledger().gpuNanos(state).signum() > 0) {
                    states.add(state);
                }
            }
            policies.add(simulation.job().recovery().name());
            rollbacks += life.snapshots().silent().found();
            signalsSaved += life.snapshots().signalsSaved();
        }
        // The lives do meet what they are about.
        assertThat(policies).hasSize(13);
        assertThat(states).isEqualTo(EnumSet.allOf(GpuState.class));
        assertThat(rollbacks).isGreaterThan(100);
        assertThat(signalsSaved).isGreaterThan(100);
    }

    /** The story of any life has the incidents of its outcome, by cause, and no gap. */
    @Test
    void theStoryOfAnyLifeHasItsIncidents() {
        UniformRandomProvider random = new RandomStreams(43, 0).stream("any stories");
        Map<String, Integer> ofAll = new TreeMap<>();
        for (int trial = 0; trial < LIVES / 2; trial++) {
            LifeSimulation simulation = random(random);
            LifeSimulation.Told told = simulation.tell(new RandomStreams(trial, 0));
            Map<String, Integer> incidents = new TreeMap<>();
            told.story().incidents().forEach(incident -> incidents.merge(incident.cause(), 1, Integer::sum));
            assertThat(incidents)
                    .as(simulation.toString())
                    .isEqualTo(told.outcome().events().incidentsByCause());
            incidents.forEach((cause, count) -> ofAll.merge(cause, count, Integer::sum));
            long now = 0;
            for (Stretch stretch : told.story().stretches()) {
                assertThat(stretch.startNanos()).isEqualTo(now);
                now = stretch.endNanos();
            }
            assertThat(now).isEqualTo(told.outcome().endNanos());
        }
        assertThat(ofAll).containsKeys("silent", "slow");
    }

    static LifeSimulation random(UniformRandomProvider random) {
        LifeSimulation plain = LifeSimulationTest.random(random);
        LongJob job = plain.job();
        List<FaultCause> causes = new ArrayList<>(plain.faults().causes());
        causes.add(store());
        causes.add(removal());
        causes.add(silent(3000.0 * (1 + random.nextInt(20))));
        causes.add(slow(random, 2000.0 * (1 + random.nextInt(30))));
        StepTimes stepTimes = slowest(job.stepTimes());
        LongJob changed = new LongJob(
                job.layout(),
                job.batch(),
                job.steps(),
                stepTimes,
                plan(random, job),
                job.recovery(),
                job.times(),
                SupervisionTest.random(random));
        return new LifeSimulation(changed, plain.cluster(), causes, plain.repairCrews(), plain.horizonNanos());
    }

    /** Storage is away now and then, also in the step before a snapshot. */
    private static FaultCause store() {
        return new FaultCause(
                "store",
                Scope.STORAGE,
                new Exponential(20_000),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                new Exponential(2000),
                MADE_UP);
    }

    /** Nodes are taken away with a notice. */
    private static FaultCause removal() {
        return new FaultCause(
                "removal",
                Scope.NODE,
                new Exponential(200_000),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Exponential(900),
                MADE_UP,
                FaultTraits.NONE.withNotice(300));
    }

    private static FaultCause silent(double meanSeconds) {
        return new FaultCause(
                "silent",
                Scope.CLUSTER,
                new Exponential(meanSeconds),
                Visibility.SILENT,
                Damage.PROCESS,
                new Exponential(900),
                MADE_UP);
    }

    private static FaultCause slow(UniformRandomProvider random, double meanSeconds) {
        Slowdown slowdown = new Slowdown(
                0.2 + 0.7 * random.nextDouble(),
                random.nextBoolean() ? Optional.empty() : Optional.of(new Exponential(900)));
        return new FaultCause(
                "slow",
                Scope.NODE,
                new Exponential(5 * meanSeconds),
                Visibility.SLOW,
                Damage.NODE,
                new Exponential(900),
                MADE_UP,
                FaultTraits.NONE.with(slowdown));
    }

    /** All wait for the slowest part. */
    private static StepTimes slowest(StepTimes healthy) {
        return new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return healthy.stepNanos(nodes);
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                return 1 / slow.stream().mapToDouble(SlowPart::share).min().orElseThrow();
            }
        };
    }

    private static CheckpointPlan plan(UniformRandomProvider random, LongJob job) {
        List<CheckpointLevel> levels = new ArrayList<>();
        int copies = 1 + random.nextInt(Math.min(3, job.nodes()));
        Keeping onPeers = Keeping.onNodes(
                new PeerCopies(job.nodes(), copies, PeerCopies.Pattern.RING), random.nextInt(30) * SECOND);
        Keeping ladder = Keeping.ladder(new Retention(2, List.of(new Rung("hourly", 3600 * SECOND, 5))), 1e9);
        if (random.nextBoolean()) {
            levels.add(level(random, "peer-memory", 1, Damage.PROCESS).with(onPeers));
        }
        if (random.nextBoolean()) {
            levels.add(level(random, "disk", 2, Damage.RESTART).with(Keeping.onNodes(PeerCopies.own(job.nodes()), 0)));
        }
        if (random.nextBoolean()) {
            levels.add(level(random, "storage", 3, Damage.NODE).with(ladder.withUnreadable(0.2 * random.nextDouble())));
        }
        if (random.nextBoolean()) {
            levels.add(level(random, "other-site", 7, Damage.SITE));
        }
        CheckpointPlan plan = new CheckpointPlan(1 + random.nextInt(100), levels)
                .with(new Corruption(new Exponential(8000), random.nextInt(6) == 0));
        if (random.nextBoolean()) {
            plan = plan.with(new SnapshotVerification(1 + random.nextInt(3), random.nextInt(9) * SECOND, 0.5));
        }
        if (random.nextBoolean() && !levels.isEmpty()) {
            plan = plan.with(new AdaptiveInterval(5000, 1 + random.nextInt(9)));
        }
        return random.nextBoolean() ? plan : plan.with(new OnSignal(20_000 * SECOND, 300 * SECOND, true));
    }

    private static CheckpointLevel level(UniformRandomProvider random, String name, int every, Damage survives) {
        long stall = random.nextInt(20) * SECOND;
        double slowdown = random.nextBoolean() ? 0 : 0.5 * random.nextDouble();
        Writing writing = new Writing(1 + random.nextInt(2), slowdown, random.nextInt(30) * SECOND, Optional.empty());
        return new CheckpointLevel(
                        name, every, stall, random.nextInt(200) * SECOND, random.nextInt(60) * SECOND, survives)
                .with(writing);
    }
}
