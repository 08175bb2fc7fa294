package trainyard.faults.life.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.AdaptiveInterval;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.Keeping;
import trainyard.faults.checkpoint.Retention;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Steps of 10 s; an error at 1,000 s that is noticed 900 s later, when the only snapshot kept is one taken since. */
class SilentErrorsTest {

    private static final long SECOND = 1_000_000_000L;

    private static FaultCause error(double seconds) {
        return new FaultCause(
                "error at " + seconds,
                Scope.JOB,
                new Fixed(seconds),
                Visibility.SILENT,
                Damage.PROCESS,
                new Fixed(0),
                new Provenance(Provenance.Kind.ASSUMED, "a test", ""));
    }

    private static int unrecoverable(long intervalSteps, double priorSeconds) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 10 * SECOND, 0, Damage.NODE)
                .with(Keeping.ladder(new Retention(1, List.of()), 1));
        CheckpointPlan plan = new CheckpointPlan(intervalSteps, List.of(storage))
                .with(new Corruption(new Fixed(900), false))
                .with(new AdaptiveInterval(priorSeconds, 4));
        LongJob job = new LongJob(
                1, Long.MAX_VALUE, StepTimes.constant(10 * SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(error(1000)), 1, 1950 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.snapshots().silent().found()).isEqualTo(1);
        return life.snapshots().silent().unrecoverable();
    }

    /** An interval of about 140 s, whatever the plan states: right snapshots were written before 1,000 s, and all are gone. */
    @Test
    void snapshotsOfAnIntervalThatAdaptsCountWhenTheyAreWritten() {
        assertThat(unrecoverable(100_000, 1000)).isEqualTo(1);
    }

    /** An interval of about 1,400 s: no right snapshot was ever written, though the plan states one every 10 s. */
    @Test
    void snapshotsThatWereNeverWrittenAreNotLost() {
        assertThat(unrecoverable(1, 100_000)).isZero();
    }

    /** The snapshot of 100 steps was destroyed and the job is back at the start: of an error before the next one nothing is lost. */
    @Test
    void snapshotsFromBeforeANewBeginningDoNotCount() {
        SilentErrors silent = new SilentErrors(CheckpointPlan.none().with(new Corruption(new Fixed(900), true)));
        silent.saved(100);
        silent.restored(150, 0);
        silent.strike(0, new Fault(0, error(1000), 0, 0, 1, Damage.PROCESS, 0, 0, 1), 120);

        assertThat(silent.isUnrecoverable(0)).isFalse();
        silent.saved(100);
        assertThat(silent.isUnrecoverable(0)).isTrue();
    }

    /**
     * Ten steps of 10 s, a check of 5 s and a snapshot of 10 s take 115 s. The check from 330 s to 335 s finds the error of
     * 250 s, whether or not another one strikes at 332 s.
     */
    @Test
    void anErrorDuringACheckDoesNotHideTheOneBefore() {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 10 * SECOND, 0, Damage.NODE);
        CheckpointPlan plan = new CheckpointPlan(10, List.of(storage)).with(new SnapshotVerification(1, 5 * SECOND, 1));
        LongJob job = new LongJob(
                1, Long.MAX_VALUE, StepTimes.constant(10 * SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        LifeOutcome life = new LifeSimulation(
                        job, new ClusterShape(1, 1, 1), List.of(error(250), error(332)), 1, 340 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.snapshots().silent().found()).isEqualTo(1);
        assertThat(life.steps()).isEqualTo(20);
    }
}
