package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.life.SupervisedJob.MADE_UP;
import static trainyard.faults.life.SupervisedJob.SECOND;
import static trainyard.faults.life.SupervisedJob.cause;
import static trainyard.faults.life.SupervisedJob.job;
import static trainyard.faults.life.SupervisedJob.limited;
import static trainyard.faults.life.SupervisedJob.live;
import static trainyard.faults.life.SupervisedJob.restarting;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.InPlace;
import trainyard.faults.retry.Jitter;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartBudget.Counting;
import trainyard.faults.retry.RestartBudget.Stop;
import trainyard.faults.retry.RestartPolicy;
import trainyard.faults.retry.RestartPolicy.CrashLoopBrake;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Starts in place, waits between starts, and the budget that ends a job. */
class RestartRulesTest {

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
}
