package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Faults that are announced, by hand: steps of 10 s, a snapshot every 10 steps that takes 10 s, a start of 50 s. */
class NoticeTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;

    /** A crash at 1,200 s, announced so long before. */
    private static LifeOutcome life(double noticeSeconds, double horizonSeconds) {
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(
                        10, List.of(CheckpointLevel.blocking("storage", 10 * SECOND, 20 * SECOND, Damage.NODE))),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
        FaultCause crash = new FaultCause(
                "crash",
                Scope.JOB,
                new Fixed(1200),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                new Fixed(0),
                MADE_UP,
                FaultTraits.NONE.withNotice(noticeSeconds));
        return new LifeSimulation(job, new ClusterShape(1, 8, 1), List.of(crash), 1, (long) (horizonSeconds * SECOND))
                .run(new RandomStreams(1, 0));
    }

    private static double seconds(LifeOutcome life, GpuState state) {
        return life.ledger().gpuSeconds(state) / 8;
    }

    /**
     * Ten snapshots by 50 + 10 x 110 = 1,150 s. The signal at 1,165 s finds the job in its 102nd step, which ends at 1,170 s; the
     * snapshot is written by 1,180 s, and two steps more are lost at 1,200 s. It is loaded by 1,270 s: 110 steps at 1,350 s,
     * saved by 1,360 s, 111 steps at 1,370 s.
     */
    @Test
    void theStateIsSavedInTime() {
        LifeOutcome life = life(35, 1370);
        assertThat(life.steps()).isEqualTo(111);
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(2 * 10, within(1e-9));
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(10 * 10 + 10 + 10, within(1e-9));
        assertThat(life.snapshots().signals()).isEqualTo(1);
        assertThat(life.snapshots().signalsSaved()).isEqualTo(1);
        assertThat(life.snapshots().outages().mostWorkSeconds()).isCloseTo(20, within(1e-9));
    }

    /** The signal at 1,192 s comes at the start of the last 8 s: a step and a snapshot take longer, and five steps are lost. */
    @Test
    void aNoticeThatIsTooShortSavesNothing() {
        LifeOutcome life = life(8, 1370);
        assertThat(life.snapshots().signals()).isEqualTo(1);
        assertThat(life.snapshots().signalsSaved()).isZero();
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(5 * 10, within(1e-9));
        LifeOutcome unannounced = life(0, 1370);
        assertThat(unannounced.snapshots().signals()).isZero();
        assertThat(unannounced.ledger().total()).isEqualTo(life.ledger().total());
        assertThat(unannounced.steps()).isEqualTo(life.steps());
    }

    /**
     * The crash at 1,200 s is announced at 1,165 s, in the 102nd step, which ends at 1,170 s. The snapshot of 10 s is written if the store
     * is there at the end of a step by 1,190 s: at 1,170 s or 1,180 s. A step with its write is lost else, and what follows.
     */
    @ParameterizedTest
    @CsvSource({"1167, 500, 0, 50", "1160, 8, 1, 20", "1160, 12, 1, 10", "1160, 31, 0, 50", "1172, 500, 1, 20"})
    void theStoreHasToBeThereAtTheEndOfAStep(double awaySeconds, double forSeconds, int saved, double lostSeconds) {
        LongJob job = job(1, StepTimes.constant(10 * SECOND));
        FaultCause crash = new FaultCause(
                "crash",
                Scope.JOB,
                new Fixed(1200),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                new Fixed(0),
                MADE_UP,
                FaultTraits.NONE.withNotice(35));
        FaultCause store = new FaultCause(
                "store",
                Scope.STORAGE,
                new Fixed(awaySeconds),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                new Fixed(forSeconds),
                MADE_UP);
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(crash, store), 1, 1800 * SECOND)
                .run(new RandomStreams(3, 0));
        assertThat(life.snapshots().signalsSaved()).isEqualTo(saved);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isCloseTo(lostSeconds, within(1e-9));
    }

    private static FaultCause removal(double seconds, double noticeSeconds) {
        return new FaultCause(
                "removal",
                Scope.NODE,
                new Fixed(seconds),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(1000),
                MADE_UP,
                FaultTraits.NONE.withNotice(noticeSeconds));
    }

    private static LongJob job(int nodes, StepTimes steps) {
        return new LongJob(
                nodes,
                Long.MAX_VALUE,
                steps,
                new CheckpointPlan(
                        10, List.of(CheckpointLevel.blocking("storage", 10 * SECOND, 20 * SECOND, Damage.NODE))),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
    }

    /** Two nodes are announced together: one snapshot is in time for both. */
    @Test
    void oneSnapshotServesAllThatWasAnnounced() {
        LifeOutcome life = new LifeSimulation(
                        job(2, StepTimes.constant(10 * SECOND)),
                        new ClusterShape(4, 1, 4),
                        List.of(removal(1200, 60)),
                        4,
                        1300 * SECOND)
                .run(new RandomStreams(3, 0));
        assertThat(life.snapshots().signals()).isEqualTo(2);
        assertThat(life.snapshots().signalsSaved()).isEqualTo(2);
    }

    /**
     * The node becomes a little slow at 1,162 s, in the 102nd step, and its removal at 1,200 s is announced in the same step: the
     * snapshot comes before the new pace.
     */
    @Test
    void aChangeOfPaceDoesNotPreventTheSnapshot() {
        StepTimes slowest = new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return 10 * SECOND;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                return 1 / slow.get(0).share();
            }
        };
        FaultCause hot = new FaultCause(
                "hot",
                Scope.NODE,
                new Fixed(1162),
                Visibility.SLOW,
                Damage.NODE,
                new Fixed(100),
                MADE_UP,
                FaultTraits.NONE.with(new Slowdown(0.5, Optional.empty())));
        LifeOutcome life = new LifeSimulation(
                        job(1, slowest), new ClusterShape(1, 1, 1), List.of(removal(1200, 35), hot), 1, 2280 * SECOND)
                .run(new RandomStreams(3, 0));
        assertThat(life.snapshots().signalsSaved()).isEqualTo(1);
        // 102 steps saved by 1,180 s, one of 20 s lost, 1,000 s of repair, 50 s of start, 20 s to load, one more step.
        assertThat(life.steps()).isEqualTo(103);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isCloseTo(20, within(1e-9));
    }

    /**
     * The time limit is at 1,300 s of the grant and signals at 1,162 s; a removal at 1,250 s is announced at 1,165 s, in the same step. The
     * snapshot of 102 steps is written by 1,180 s, and the job leaves its node at once, as the signal of the limit asks.
     */
    @ParameterizedTest
    @ValueSource(doubles = {85, 89, 75})
    void theTimeLimitIsObeyedWhereAnotherNoticeComesInTheSameStep(double noticeSeconds) {
        LongJob plain = job(1, StepTimes.constant(10 * SECOND));
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                plain.stepTimes(),
                plain.checkpoints().with(new OnSignal(1300 * SECOND, 138 * SECOND, true)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
        LifeSimulation simulation = new LifeSimulation(
                job, new ClusterShape(1, 1, 1), List.of(removal(1250, noticeSeconds)), 1, 1249 * SECOND);
        LifeOutcome life = simulation.run(new RandomStreams(3, 0));
        // Started anew at 1,180 s, 50 s of start; no step is lost before the removal at 1,250 s.
        assertThat(life.snapshots().signalsSaved()).isEqualTo(life.snapshots().signals());
        assertThat(life.ledger().gpuSeconds(GpuState.INITIALISE)).isCloseTo(100, within(1e-9));
        assertThat(life.steps()).isEqualTo(102);
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isZero();
    }
}
