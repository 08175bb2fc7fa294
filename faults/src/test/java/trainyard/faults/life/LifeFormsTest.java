package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * Lives against closed forms of renewal theory that share no code with the engine, of times and tiers that interact: faults are memoryless,
 * steps short beside all else.
 */
class LifeFormsTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final long HORIZON = 4_000_000;
    private static final int LIVES = 20;
    /** Student's t of 19 degrees of freedom at 99.9 %, both sides. */
    private static final double T = 3.883;

    private static final double MTBF = 3000;
    private static final Distribution NONE = new Fixed(0);

    private static FaultCause crash(double mtbf, Visibility visibility, Damage damage) {
        return new FaultCause(
                visibility + " " + damage, Scope.JOB, new Exponential(mtbf), visibility, damage, NONE, MADE_UP);
    }

    private static CheckpointLevel level(
            String name, int every, double stall, double persist, double load, Damage survives) {
        return new CheckpointLevel(
                name, every, (long) (stall * SECOND), (long) (persist * SECOND), (long) (load * SECOND), survives);
    }

    private static LongJob job(CheckpointPlan plan, RecoveryPolicy policy, RecoveryTimes times) {
        return new LongJob(1, Long.MAX_VALUE, StepTimes.constant(SECOND / 10), plan, policy, times);
    }

    private static RecoveryTimes times(double detect, double diagnose, double initialise) {
        return new RecoveryTimes(
                new Fixed(detect), new Fixed(detect), new Fixed(diagnose), NONE, new Fixed(initialise), NONE, NONE);
    }

    private interface Number {
        double of(LifeOutcome life);
    }

    private static void assertReaches(
            double form, LongJob job, ClusterShape cluster, List<FaultCause> causes, Number number) {
        double[] numbers = new double[LIVES];
        LifeSimulation simulation = new LifeSimulation(job, cluster, causes, 99, HORIZON * SECOND);
        for (int i = 0; i < LIVES; i++) {
            numbers[i] = number.of(simulation.run(new RandomStreams(29, i)));
        }
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        double half = T * Math.sqrt(squares / (LIVES - 1) / LIVES);
        assertThat(half).isLessThan(form / 10);
        assertThat(mean).isCloseTo(form, within(half + 2e-5));
    }

    private static final ClusterShape ONE = new ClusterShape(1, 1, 1);

    private static double after(double seconds) {
        return Math.exp(-seconds / MTBF);
    }

    /** A snapshot counts P behind its stall S, so that k of them are kept where the fault comes after R + k (W + S) + P. */
    @ParameterizedTest
    @CsvSource({"300, 10, 0", "300, 10, 200", "100, 0, 90", "1000, 50, 40"})
    void aSnapshotThatIsWrittenBesideTheTrainingCountsOnceItIs(double work, double stall, double persist) {
        double kept = 0;
        for (int k = 1; k < 1000; k++) {
            kept += work * after(100 + k * (work + stall) + persist);
        }
        CheckpointPlan plan =
                new CheckpointPlan(Math.round(work * 10), List.of(level("storage", 1, stall, persist, 0, Damage.NODE)));
        assertReaches(
                kept / MTBF,
                job(plan, new ReplaceLost(), times(0, 0, 100)),
                ONE,
                List.of(crash(MTBF, Visibility.EXPLICIT, Damage.PROCESS)),
                LifeOutcome::goodput);
    }

    /**
     * Detection D and diagnosis G are gone through whatever happens, the start I and the load L until the next fault: an
     * incident each M + D + G in the mean.
     */
    @ParameterizedTest
    @CsvSource({"30, 60, 200, 100", "1500, 0, 50, 0", "5, 2000, 1000, 1000"})
    void aStallIsCutShortByFaultsAfterItsDiagnosisAlone(double detect, double diagnose, double start, double load) {
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level("storage", 1, 0, 0, load, Damage.NODE)));
        LongJob job = job(plan, new ReplaceLost(), times(detect, diagnose, start));
        List<FaultCause> faults = List.of(crash(MTBF, Visibility.EXPLICIT, Damage.PROCESS));
        double cycle = MTBF + detect + diagnose;
        assertReaches(MTBF * (1 - after(start)) / cycle, job, ONE, faults, life -> life.share(GpuState.INITIALISE));
        assertReaches(detect / cycle, job, ONE, faults, life -> life.share(GpuState.DETECT));
        assertReaches(
                MTBF * after(start + load) / cycle,
                job,
                ONE,
                faults,
                life -> life.goodput() + life.share(GpuState.LOST_WORK));
    }

    /**
     * Copies in memory of each snapshot, on storage of each m-th one: a share p of the faults ends processes alone and keeps
     * the copies, the others throw the job back to storage. The copies since then, j of m, are a Markov chain over faults,
     * in which n snapshots are taken with chance (1 - q) q^n, q = e^(-(W + C)/M).
     */
    @ParameterizedTest
    @CsvSource({"4, 0.5", "10, 0.9", "3, 0.1"})
    void twoTiersKeepWhatTheirFaultsLeave(int every, double ofProcesses) {
        double work = 150;
        double stall = 10;
        double q = after(work + stall);
        double[] share = new double[every];
        share[0] = 1;
        double gain = 0;
        for (int round = 0; round < 500; round++) {
            double[] next = new double[every];
            gain = 0;
            for (int j = 0; j < every; j++) {
                for (int n = 0; n < 2000; n++) {
                    double p = share[j] * (1 - q) * Math.pow(q, n);
                    next[(j + n) % every] += p * ofProcesses;
                    next[0] += p * (1 - ofProcesses);
                    gain += p * (ofProcesses * n + (1 - ofProcesses) * (n - (j + n) % every));
                }
            }
            share = next;
        }
        CheckpointPlan plan = new CheckpointPlan(
                Math.round(work * 10),
                List.of(
                        level("memory", 1, stall, 0, 0, Damage.PROCESS),
                        level("storage", every, 0, 0, 0, Damage.NODE)));
        assertReaches(
                gain * work / MTBF,
                job(plan, new ReplaceLost(), times(0, 0, 0)),
                ONE,
                List.of(
                        crash(MTBF / ofProcesses, Visibility.EXPLICIT, Damage.PROCESS),
                        crash(MTBF / (1 - ofProcesses), Visibility.EXPLICIT, Damage.RESTART)),
                LifeOutcome::goodput);
    }

    /**
     * Errors are found by a check V behind W of work and before the snapshot C. One in V or C is found by the next check. So
     * a segment behind a snapshot fails with chance 1 - e^(-(W + V + C)/M), one behind a load with 1 - e^(-W/M).
     */
    @ParameterizedTest
    @CsvSource({"400, 20, 30, 50", "2000, 300, 10, 500"})
    void checkedSegmentsAreDoneAgainUntilTheyAreRight(double work, double check, double save, double load) {
        double again = (work + check + (1 - after(work)) * load) / after(work);
        double segment = work + check + (1 - after(work + check + save)) * (load + again) + save;
        CheckpointPlan plan = new CheckpointPlan(
                        Math.round(work * 10), List.of(level("storage", 1, save, 0, load, Damage.NODE)))
                .with(new SnapshotVerification(1, (long) check * SECOND, 1))
                .with(Corruption.UNNOTICED);
        assertReaches(
                work / segment,
                job(plan, new ReplaceLost(), times(0, 0, 0)),
                ONE,
                List.of(crash(MTBF, Visibility.SILENT, Damage.PROCESS)),
                LifeOutcome::goodput);
    }

    /** Announced by N, a fault costs the work of N beyond the save; one that is announced during the restart R costs all since. */
    @Test
    void aNoticeLeavesWhatCameBeforeIt() {
        FaultCause announced = new FaultCause(
                "announced",
                Scope.JOB,
                new Exponential(MTBF),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                NONE,
                MADE_UP,
                FaultTraits.NONE.withNotice(20));
        CheckpointPlan plan = new CheckpointPlan(10_000_000_000L, List.of(level("storage", 1, 10, 0, 0, Damage.NODE)));
        assertReaches(
                after(200 + 20),
                job(plan, new ReplaceLost(), times(0, 0, 200)),
                ONE,
                List.of(announced),
                LifeOutcome::goodput);
    }

    /**
     * One of two nodes loses its state every M; the other has a copy, which is saved in S unless another fault strikes
     * meanwhile. Where that strikes the same node, the save begins again; else there is nothing left to save.
     */
    @Test
    void justInTimeSavesGoOnWhileACopyIsLeft() {
        double mtbf = 300;
        double survives = Math.exp(-60 / mtbf);
        double saving = mtbf * (1 - survives) / (1 - (1 - survives) / 2);
        CheckpointPlan plan = new CheckpointPlan(10_000_000_000L, List.of(level("storage", 1, 0, 0, 0, Damage.NODE)));
        LongJob one = job(plan, new JustInTime(60 * SECOND), times(0, 0, 0));
        LongJob two = new LongJob(
                new JobLayout(2, 1, 1), 2, Long.MAX_VALUE, one.stepTimes(), plan, one.recovery(), one.times());
        assertReaches(
                saving / (mtbf + saving),
                two,
                new ClusterShape(2, 1, 2),
                List.of(node(2 * mtbf, Damage.RESTART, NONE)),
                life -> life.share(GpuState.CHECKPOINT));
    }

    private static FaultCause node(double mtbf, Damage damage, Distribution repair) {
        return new FaultCause("node", Scope.NODE, new Exponential(mtbf), Visibility.EXPLICIT, damage, repair, MADE_UP);
    }

    /** Replicas that come and go at no cost work whenever they are up, M / (M + R) of the time, whatever the law of the repair. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replicasThatComeAndGoWorkWhileTheyAreUp(boolean fixed) {
        LongJob job = new LongJob(
                new JobLayout(8, 1, 1),
                8,
                Long.MAX_VALUE,
                StepTimes.constant(SECOND / 10),
                CheckpointPlan.none(),
                new ElasticShrink(1, true, OnLoss.SHRINK_BATCH),
                times(0, 0, 0));
        FaultCause node = node(5000, Damage.NODE, fixed ? new Fixed(800) : new Exponential(800));
        assertReaches(
                5000 / 5800.0,
                job,
                new ClusterShape(8, 1, 8),
                List.of(node),
                life -> life.goodput() + life.share(GpuState.LOST_WORK));
    }

    /** Limits alone: each round takes the queue Q, the start I, the load L and the work until the save behind the signal. */
    @Test
    void aTimeLimitRenewsTheJob() {
        RecoveryTimes times = new RecoveryTimes(NONE, NONE, NONE, new Exponential(500), new Fixed(100), NONE, NONE);
        CheckpointPlan plan = new CheckpointPlan(10_000_000_000L, List.of(level("storage", 1, 30, 0, 40, Damage.NODE)))
                .with(new OnSignal(2000 * SECOND, 300 * SECOND, true));
        // The signal comes at 1,700 s; the snapshot is written by 1,730 s, and the job leaves at once.
        assertReaches(
                (1700 - 140) / (1730 + 500.0),
                job(plan, new ReplaceLost(), times),
                ONE,
                List.of(),
                LifeOutcome::goodput);
    }
}
