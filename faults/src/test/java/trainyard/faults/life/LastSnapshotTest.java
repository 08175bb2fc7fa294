package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.faults.life.HandComputedJob.MADE_UP;
import static trainyard.faults.life.HandComputedJob.SECOND;
import static trainyard.faults.life.HandComputedJob.seconds;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * What happens while a job takes its last snapshot, by hand: 1,000 steps of 1 s, a snapshot of 500 s every 300 of them. The third is
 * taken at 2,400 s, the last step is done at 2,500 s, the last snapshot is written at 3,000 s.
 */
class LastSnapshotTest {

    private static final CheckpointPlan PLAN =
            new CheckpointPlan(300, List.of(CheckpointLevel.blocking("storage", 500 * SECOND, 0, Damage.NODE)));

    private static LifeOutcome life(
            CheckpointPlan plan, Visibility visibility, long faultSeconds, long horizonSeconds) {
        LongJob job =
                new LongJob(1, 1000, StepTimes.constant(SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        FaultCause cause = new FaultCause(
                "fault", Scope.NODE, new Fixed(faultSeconds), visibility, Damage.PROCESS, new Fixed(0), MADE_UP);
        return new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(cause), 1, horizonSeconds * SECOND)
                .run(new RandomStreams(1, 0));
    }

    /** The crash at 2,950 s costs the 100 steps behind the third snapshot; they and another last snapshot take until 3,550 s. */
    @Test
    void aCrashLosesTheStepsBehindTheOneBefore() {
        LifeOutcome life = life(PLAN, Visibility.EXPLICIT, 2950, 10_000);
        assertThat(life.done()).isTrue();
        assertThat(life.steps()).isEqualTo(1000);
        assertThat(life.seconds()).isEqualTo(3550);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(100);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isEqualTo(3 * 500 + 450 + 500);
    }

    @Test
    void noStepIsDoneMeanwhile() {
        LifeOutcome life = life(PLAN, Visibility.EXPLICIT, 9000, 2700);
        assertThat(life.done()).isFalse();
        assertThat(life.steps()).isEqualTo(1000);
        assertThat(seconds(life, GpuState.USEFUL)).isEqualTo(1000);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isEqualTo(3 * 500 + 200);
    }

    /**
     * With a check of 10 s before each snapshot the last step is done at 2,530 s. What went wrong at 2,450 s is found at 2,540 s, so
     * that 100 steps, a check and a snapshot come once more.
     */
    @Test
    void theCheckBeforeItFindsWhatWentWrongBehindTheOneBefore() {
        CheckpointPlan checked = PLAN.with(new SnapshotVerification(1, 10 * SECOND, 1));
        LifeOutcome life = life(checked, Visibility.SILENT, 2450, 10_000);
        assertThat(life.snapshots().silent().found()).isEqualTo(1);
        assertThat(life.snapshots().silent().isWrongAtEnd()).isFalse();
        assertThat(life.seconds()).isEqualTo(2540 + 100 + 10 + 500);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isEqualTo(4 * 510 + 10);
    }
}
