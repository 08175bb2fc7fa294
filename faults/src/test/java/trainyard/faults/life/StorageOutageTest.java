package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Writing;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** A store that is away, by hand: steps of 10 s, a snapshot every 10 steps that takes 10 s, a start of 50 s. */
class StorageOutageTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final CheckpointLevel STORAGE =
            CheckpointLevel.blocking("storage", 10 * SECOND, 20 * SECOND, Damage.NODE);
    private static final CheckpointLevel MEMORY =
            CheckpointLevel.blocking("memory", 5 * SECOND, 5 * SECOND, Damage.PROCESS);
    private static final CheckpointLevel REMOTE =
            CheckpointLevel.blocking("remote", 10 * SECOND, 20 * SECOND, Damage.SITE);

    private static FaultCause cause(String name, Scope scope, double every, double repairSeconds) {
        return new FaultCause(
                name, scope, new Fixed(every), Visibility.EXPLICIT, Damage.PROCESS, new Fixed(repairSeconds), MADE_UP);
    }

    /** The store is away from 1,000 s to 1,500 s; the job crashes at 1,200 s. */
    private static LifeOutcome life(double horizonSeconds, CheckpointLevel... levels) {
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(10, List.of(levels)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
        List<FaultCause> causes = List.of(cause("store", Scope.STORAGE, 1000, 500), cause("crash", Scope.JOB, 1200, 0));
        return new LifeSimulation(job, new ClusterShape(1, 8, 1), causes, 1, (long) (horizonSeconds * SECOND))
                .run(new RandomStreams(1, 0));
    }

    private static double seconds(LifeOutcome life, GpuState state) {
        return life.ledger().gpuSeconds(state) / 8;
    }

    /**
     * Eight snapshots by 50 + 8 x 110 = 930 s. At 1,000 s, 87 steps are done; the next 20 are not saved, since the store is
     * away at 1,030 s. The crash at 1,200 s costs them: 50 s of start, 250 s until the store is back, 20 s to load, and
     * from 1,520 s the job goes on with its 81st step.
     */
    @Test
    void aLoadWaitsUntilTheStoreIsBack() {
        LifeOutcome life = life(1620, STORAGE);
        assertThat(life.steps()).isEqualTo(90);
        assertThat(life.incidents()).isEqualTo(1);
        assertThat(seconds(life, GpuState.LOAD)).isCloseTo(250 + 20, within(1e-9));
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(8 * 10, within(1e-9));
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(27 * 10, within(1e-9));
        assertThat(life.snapshots().outages().longestSeconds()).isCloseTo(320, within(1e-9));
        assertThat(life.snapshots().outages().mostWorkSeconds()).isCloseTo(270, within(1e-9));
    }

    /**
     * With a copy in memory, 115 s for ten steps: 83 steps at 1,000 s, then copies of 90 and 100 steps in memory alone. The
     * crash at 1,200 s costs 2 steps; the job is back at 1,255 s and has 105 steps at 1,305 s.
     */
    @Test
    void aLoadFallsBackOnAnotherTier() {
        LifeOutcome life = life(1305, MEMORY, STORAGE);
        assertThat(life.steps()).isEqualTo(105);
        assertThat(seconds(life, GpuState.LOAD)).isCloseTo(5, within(1e-9));
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(2 * 10, within(1e-9));
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(8 * 15 + 2 * 5, within(1e-9));
    }

    /**
     * The store goes at 1,065 s, in the 90th step, which ends at 1,070 s: the copy in memory is written by 1,075 s, none on storage. The
     * crash at 1,100 s costs two steps and a half; 5 s of load end at 1,155 s.
     */
    @Test
    void aSnapshotDueWhenTheStoreGoesIsWrittenWhereItCanBe() {
        LifeOutcome life = edges(1065, 500, 1100, 1165, MEMORY, STORAGE);
        assertThat(life.steps()).isEqualTo(91);
        assertThat(seconds(life, GpuState.LOAD)).isCloseTo(5, within(1e-9));
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(25, within(1e-9));
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(8 * 15 + 5, within(1e-9));
    }

    /** The store is away from 850 s to 1,055 s and back in the 90th step, whose snapshot is the first on it since then. */
    @Test
    void aSnapshotDueWhenTheStoreIsBackIsWrittenThereToo() {
        // Seven snapshots by 50 + 7 x 115 = 855 s, the last one under way at 850 s; the 80th step ends at 955 s, its
        // copy at 960 s.
        LifeOutcome life = edges(850, 205, 1090, 1165, MEMORY, STORAGE);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(7 * 15 + 5 + 15, within(1e-9));
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(15, within(1e-9));
    }

    /** The copy in memory of the test before, which takes 3 s more beside the training: it is not given up when the store goes. */
    @Test
    void aSnapshotDueWhenTheStoreGoesIsCopiedBesideTheTraining() {
        CheckpointLevel memory = new CheckpointLevel("memory", 1, 5 * SECOND, 3 * SECOND, 5 * SECOND, Damage.PROCESS);
        LifeOutcome life = edges(1065, 500, 1100, 1165, memory, STORAGE);
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(25, within(1e-9));
    }

    /** The only store is away from 1,000 s to 1,024 s and back in the 90th step: saved by 1,040 s, six steps until the crash. */
    @Test
    void aSnapshotDueWhenTheOnlyStoreIsBackIsWritten() {
        LifeOutcome life = edges(1000, 24, 1100, 1180, STORAGE);
        assertThat(life.steps()).isEqualTo(91);
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(60, within(1e-9));
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(9 * 10, within(1e-9));
    }

    private static LifeOutcome eachStep(Writing writing, double awaySeconds, double crashSeconds) {
        CheckpointLevel storage = new CheckpointLevel("storage", 1, 0, 4 * SECOND, 0, Damage.NODE).with(writing);
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(1, List.of(storage)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        List<FaultCause> causes =
                List.of(cause("store", Scope.STORAGE, awaySeconds, 10), cause("crash", Scope.JOB, crashSeconds, 0));
        return new LifeSimulation(job, new ClusterShape(1, 8, 1), causes, 1, (long) (crashSeconds + 20) * SECOND)
                .run(new RandomStreams(1, 0));
    }

    /**
     * A snapshot after each step of 10 s, written beside the training in 4 s; the store goes in a step and the job crashes in the
     * same. That of 100 steps counts where it was written by then, and is given up else.
     */
    @Test
    void aSaveThatEndsBeforeTheStoreGoesCounts() {
        assertThat(seconds(eachStep(Writing.PLAIN, 1006, 1008), GpuState.LOST_WORK))
                .isCloseTo(8, within(1e-9));
        assertThat(seconds(eachStep(Writing.PLAIN, 1002, 1008), GpuState.LOST_WORK))
                .isCloseTo(18, within(1e-9));
    }

    /**
     * Written beside the training at half its speed, a step takes 12 s: the second begins at 10 s, the 84th at 10 + 82 x 12 = 994 s. The
     * store goes at 997 s: a second and a half of work is done, and the other eight and a half follow at full speed.
     */
    @Test
    void whatASaveTookBeforeItIsGivenUpStaysLost() {
        LifeOutcome life = eachStep(new Writing(1, 0.5, 0, Optional.empty()), 997, 1005);
        assertThat(seconds(life, GpuState.SAVING)).isCloseTo(82 * 2 + 1.5 + 2, within(1e-9));
        // Back at 1,007 s, the next step ends at 1,017 s; its save takes the last two seconds.
        // Crashed 0.5 s before the end of the 84th step; the newest snapshot is of 82 steps.
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(9.5 + 10, within(1e-9));
    }

    /**
     * Each second snapshot is copied to memory: 80 steps at 950 s. At 1,060 s 90 steps are on storage, which is away from
     * 1,095 s to 1,175 s. The crash at 1,100 s throws the job back to 80 steps, and that at 1,153 s, while they are loaded,
     * not forward again.
     */
    @Test
    void aFaultDuringTheLoadDoesNotBringTheJobForward() {
        CheckpointLevel memory = new CheckpointLevel("memory", 2, 5 * SECOND, 0, 5 * SECOND, Damage.PROCESS);
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(10, List.of(memory, STORAGE)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
        List<FaultCause> causes = List.of(
                cause("store", Scope.STORAGE, 1095, 80),
                cause("crash", Scope.JOB, 1100, 0),
                cause("again", Scope.JOB, 1153, 0));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 8, 1), causes, 1, 1228 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(82);
        assertThat(seconds(life, GpuState.USEFUL)).isCloseTo(820, within(1e-9));
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(140, within(1e-9));
    }

    /** A life with the store away from a time on for a while, and a crash. */
    private static LifeOutcome edges(
            double away, double forSeconds, double crash, double horizonSeconds, CheckpointLevel... levels) {
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(10, List.of(levels)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 50));
        List<FaultCause> causes =
                List.of(cause("store", Scope.STORAGE, away, forSeconds), cause("crash", Scope.JOB, crash, 0));
        return new LifeSimulation(job, new ClusterShape(1, 8, 1), causes, 1, (long) (horizonSeconds * SECOND))
                .run(new RandomStreams(1, 0));
    }

    /** Storage of another site is not away: ten steps in 110 s, the last snapshot by 1,150 s, loaded by 1,270 s. */
    @Test
    void storageElsewhereIsNotAway() {
        LifeOutcome life = life(1270, REMOTE);
        assertThat(life.steps()).isEqualTo(100);
        assertThat(seconds(life, GpuState.LOAD)).isCloseTo(20, within(1e-9));
    }

    /** Once the store is back, saves go on at the next multiple of the interval: 100 steps at 1,730 s, saved by 1,740 s. */
    @Test
    void savesGoOnOnceItIsBack() {
        LifeOutcome life = life(1750, STORAGE);
        assertThat(life.steps()).isEqualTo(101);
        assertThat(seconds(life, GpuState.CHECKPOINT)).isCloseTo(10 * 10, within(1e-9));
    }

    /**
     * The store is away from 1,000 s to 1,900 s, and would be from 1,100 s to 1,400 s. A copy of 110 steps goes on in memory from 1,100
     * s to 1,600 s; the crash at 1,750 s finds it, so that 115 steps are done by 1,800 s.
     */
    @Test
    void anOutageWithinAnotherOneChangesNothing() {
        CheckpointLevel memory = new CheckpointLevel("memory", 1, 0, 500 * SECOND, 0, Damage.PROCESS);
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(10 * SECOND),
                new CheckpointPlan(110, List.of(memory)),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        List<FaultCause> causes = List.of(
                cause("long", Scope.STORAGE, 1000, 900),
                cause("short", Scope.STORAGE, 1100, 300),
                cause("crash", Scope.JOB, 1750, 0));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(1, 8, 1), causes, 1, 1800 * SECOND)
                .run(new RandomStreams(1, 0));
        assertThat(life.steps()).isEqualTo(115);
        assertThat(seconds(life, GpuState.LOST_WORK)).isCloseTo(65 * 10, within(1e-9));
    }
}
