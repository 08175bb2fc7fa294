package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.Keeping;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.Retention;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecord.Incident;
import trainyard.faults.life.record.LifeRecord.Stretch;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.retry.RestartPolicy;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

class LifeRecorderTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;

    private static LifeSimulation simulation(Distribution between, long horizonSeconds) {
        FaultCause crash = new FaultCause(
                "crash", Scope.CLUSTER, between, Visibility.EXPLICIT, Damage.PROCESS, new Fixed(0), MADE_UP);
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 10 * SECOND, 60 * SECOND, Damage.NODE);
        LongJob job = new LongJob(
                2,
                Long.MAX_VALUE,
                StepTimes.constant(SECOND),
                new CheckpointPlan(300, List.of(storage)),
                new ReplaceLost(),
                RecoveryTimes.fixed(30, 90));
        return new LifeSimulation(job, new ClusterShape(2, 8, 2), List.of(crash), 1, horizonSeconds * SECOND);
    }

    /**
     * Starts at 90 s; a crash at 790 s, 60 s into the third interval: snapshots at 400 and 710 s, 680 steps done, 600 saved.
     * Noticed at 820 s, started at 910 s, loaded at 970 s, the 80 lost steps done again by 1,050 s.
     */
    @Test
    void oneIncidentByHand() {
        LifeRecord life = simulation(new Fixed(790), 1400).record(new RandomStreams(1, 0));
        assertThat(life.incidents()).containsExactly(new Incident(790 * SECOND, "crash", 180 * SECOND, 80));
        assertThat(life.stretches())
                .extracting(Stretch::state, Stretch::again, stretch -> stretch.startNanos() / SECOND)
                .containsExactly(
                        tuple(GpuState.INITIALISE, false, 0L),
                        tuple(GpuState.USEFUL, false, 90L),
                        tuple(GpuState.DETECT, false, 790L),
                        tuple(GpuState.INITIALISE, false, 820L),
                        tuple(GpuState.LOAD, false, 910L),
                        tuple(GpuState.USEFUL, true, 970L),
                        tuple(GpuState.USEFUL, false, 1051L));
        Stretch last = life.stretches().get(life.stretches().size() - 1);
        assertThat(last.endSteps()).isEqualTo(600 + 420);
    }

    /** The story has no gaps, ends with the outcome's steps, and is that of the run without a recorder. */
    @Test
    void theStoryTellsTheOutcome() {
        LifeSimulation simulation = simulation(new Exponential(700), 200_000);
        for (int i = 0; i < 20; i++) {
            LifeOutcome outcome = simulation.run(new RandomStreams(5, i));
            LifeRecord life = simulation.record(new RandomStreams(5, i));
            assertThat(life.endNanos()).isEqualTo(outcome.endNanos());
            assertThat(life.incidents()).hasSize(outcome.incidents());
            long now = 0;
            for (Stretch stretch : life.stretches()) {
                assertThat(stretch.startNanos()).isEqualTo(now);
                now = stretch.endNanos();
            }
            assertThat(now).isEqualTo(outcome.endNanos());
            long lost = life.incidents().stream().mapToLong(Incident::lostSteps).sum();
            long done = life.stretches().stream()
                    .mapToLong(stretch -> stretch.endSteps() - stretch.startSteps())
                    .sum();
            assertThat(done - lost).isEqualTo(outcome.steps());
        }
    }

    private static FaultCause cause(
            String name, Scope scope, double atSeconds, Visibility visibility, FaultTraits traits) {
        return new FaultCause(
                name, scope, new Fixed(atSeconds), visibility, Damage.RESTART, new Fixed(100), MADE_UP, traits);
    }

    private static LifeSimulation.Told tell(CheckpointPlan plan, long horizonSeconds, FaultCause... causes) {
        StepTimes halfAsFast = new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return SECOND;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                return 2;
            }
        };
        LongJob job = new LongJob(2, Long.MAX_VALUE, halfAsFast, plan, new ReplaceLost(), RecoveryTimes.fixed(30, 90))
                .with(new Supervision(
                        new StatedDetector(new Fixed(30), new Fixed(30), Optional.of(new Fixed(600))),
                        RestartPolicy.ALWAYS));
        return new LifeSimulation(job, new ClusterShape(2, 8, 2), List.of(causes), 1, horizonSeconds * SECOND)
                .tell(new RandomStreams(1, 0));
    }

    private static CheckpointPlan plan(Keeping keeping) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 10 * SECOND, 60 * SECOND, Damage.NODE);
        return new CheckpointPlan(300, List.of(storage.with(keeping)));
    }

    private static List<String> causesOf(LifeRecord life, GpuState... states) {
        return life.stretches().stream()
                .filter(stretch -> List.of(states).contains(stretch.state()))
                .map(Stretch::cause)
                .distinct()
                .toList();
    }

    /**
     * The state is wrong from 1,000 s on. The check of 1 s before the third snapshot, at 90 + 3 x 300 + 2 x 11 s, finds it; the
     * job starts in 90 s and loads step 600 in 60 s.
     */
    @Test
    void aSilentErrorIsAnIncidentWhenItIsFound() {
        CheckpointPlan plan =
                plan(Keeping.ladder(new Retention(2, List.of()), 1)).with(new SnapshotVerification(1, SECOND, 1));
        LifeSimulation.Told told =
                tell(plan, 1400, cause("silent", Scope.CLUSTER, 1000, Visibility.SILENT, FaultTraits.NONE));
        assertThat(told.outcome().events().incidentsByCause()).isEqualTo(Map.of("silent", 1));
        assertThat(told.story().incidents()).containsExactly(new Incident(1013 * SECOND, "silent", 150 * SECOND, 300));
        assertThat(causesOf(told.story(), GpuState.LOAD)).containsExactly("silent");
    }

    /** The ladder keeps one snapshot: that of step 600 is wrong when the error of 590 s shows, 140 s later. It stops the job. */
    @Test
    void aSilentErrorThatCannotBeUndoneIsTheLastIncident() {
        LifeSimulation.Told told = tell(
                plan(Keeping.PLAIN).with(new Corruption(new Fixed(140), true)),
                1400,
                cause("silent", Scope.CLUSTER, 590, Visibility.SILENT, FaultTraits.NONE));
        assertThat(told.outcome().events().incidentsByCause()).isEqualTo(Map.of("silent", 1));
        assertThat(told.story().incidents()).containsExactly(new Incident(730 * SECOND, "silent", 0, 620));
        assertThat(causesOf(told.story(), GpuState.IDLE)).containsExactly("silent");
        assertThat(told.outcome().snapshots().outages().longestSeconds()).isEqualTo(1400 - 730);
    }

    /** A node is slow from 1,000 s on and found 600 s later; the storage that is away at 1,300 s stops nobody. */
    @Test
    void aSlowPartStopsTheJobWhenItIsFound() {
        LifeSimulation.Told told = tell(
                plan(Keeping.PLAIN),
                1900,
                cause(
                        "slow",
                        Scope.NODE,
                        1000,
                        Visibility.SLOW,
                        FaultTraits.NONE.with(new Slowdown(0.5, Optional.empty()))),
                cause("away", Scope.STORAGE, 1300, Visibility.EXPLICIT, FaultTraits.NONE));
        assertThat(told.story().incidents())
                .extracting(Incident::startNanos, Incident::cause)
                .contains(tuple(1600 * SECOND, "slow"));
        assertThat(causesOf(told.story(), GpuState.INITIALISE, GpuState.LOAD)).containsExactly("", "slow");
    }

    /** A crash at 1,500 s; 2,000 s after its start the job is to leave, for which it saves 100 s before. No fault strikes it then. */
    @Test
    void theTimeLimitIsNoIncident() {
        LifeSimulation.Told told = tell(
                plan(Keeping.PLAIN).with(new OnSignal(2000 * SECOND, 100 * SECOND, true)),
                2900,
                cause("crash", Scope.CLUSTER, 1500, Visibility.EXPLICIT, FaultTraits.NONE));
        assertThat(told.story().incidents()).hasSize(1);
        assertThat(causesOf(told.story(), GpuState.DETECT)).containsExactly("crash");
        assertThat(causesOf(told.story(), GpuState.CHECKPOINT)).containsExactly(LifeRecord.TIME_LIMIT);
        assertThat(causesOf(told.story(), GpuState.INITIALISE)).containsExactly("", "crash", LifeRecord.TIME_LIMIT);
    }
}
