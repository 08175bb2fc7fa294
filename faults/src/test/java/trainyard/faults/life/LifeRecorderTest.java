package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecord.Incident;
import trainyard.faults.life.record.LifeRecord.Stretch;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
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
}
