package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.VerifiedCheckpoint;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
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
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.work.SilentErrors;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/** Lives whose snapshots are checked, kept on a ladder, lost with nodes or taken on a signal. */
class SnapshotEventsTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    private static FaultCause cause(Distribution law, Visibility visibility, Damage damage) {
        return new FaultCause(
                visibility.name() + damage, Scope.CLUSTER, law, visibility, damage, new Fixed(600), MADE_UP);
    }

    private static CheckpointLevel storage(long writeSeconds, long restoreSeconds) {
        return CheckpointLevel.blocking("storage", writeSeconds * SECOND, restoreSeconds * SECOND, Damage.NODE);
    }

    private static LifeOutcome live(CheckpointPlan plan, long steps, List<FaultCause> causes, long replication) {
        LongJob job =
                new LongJob(4, steps, StepTimes.constant(SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        LifeOutcome life = new LifeSimulation(job, new ClusterShape(4, 8, 4), causes, 4, 20_000 * HOUR)
                .run(new RandomStreams(7, (int) replication));
        assertThat(life.ledger().total())
                .isEqualTo(BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus())));
        return life;
    }

    /**
     * A silent error at 250 s, snapshots each 100 s of 10 s, a check of 5 s before each: found at 3 x 100 + 2 x 15 + 5 = 335 s,
     * back to 200 steps, 20 s of loading.
     */
    @Test
    void aCheckFindsASilentError() {
        CheckpointPlan plan =
                new CheckpointPlan(100, List.of(storage(10, 20))).with(new SnapshotVerification(1, 5 * SECOND, 1));
        FaultCause silent = cause(new Fixed(250), Visibility.SILENT, Damage.PROCESS);
        LifeOutcome life = live(plan, 400, List.of(silent), 0);
        SilentErrors errors = life.snapshots().silent();
        assertThat(errors.struck()).isEqualTo(errors.found() + 0);
        assertThat(life.done()).isTrue();
        // Errors at 250 and 500 s: the second strikes at 435 s + 65 s of the way and is found before the last snapshot.
        assertThat(errors.found()).isGreaterThanOrEqualTo(1);
        assertThat(errors.unrecoverable()).isZero();
        assertThat(errors.isWrongAtEnd()).isFalse();
        assertThat(life.ledger().gpuSeconds(GpuState.LOST_WORK)).isGreaterThanOrEqualTo(32 * 100.0);
    }

    /** Without a check, a loss that stops falling is noticed 130 s later; the newest snapshot is wrong, and no older one is kept. */
    @Test
    void anErrorOlderThanTheLadderCannotBeUndone() {
        CheckpointPlan plan =
                new CheckpointPlan(100, List.of(storage(0, 0))).with(new Corruption(new Fixed(130), false));
        FaultCause silent = cause(new Fixed(250), Visibility.SILENT, Damage.PROCESS);
        LifeOutcome newest = live(plan, 350, List.of(silent), 0);
        assertThat(newest.snapshots().silent().unrecoverable()).isZero();
        assertThat(newest.snapshots().silent().isWrongAtEnd()).isTrue();

        LifeOutcome again = live(plan, 450, List.of(silent), 0);
        assertThat(again.snapshots().silent().unrecoverable()).isGreaterThanOrEqualTo(1);

        CheckpointPlan ends = plan.with(new Corruption(new Fixed(130), true));
        LifeOutcome ended = live(ends, 450, List.of(silent), 0);
        assertThat(ended.done()).isFalse();
        assertThat(ended.steps()).isZero();
        assertThat(ended.snapshots().silent().unrecoverable()).isEqualTo(1);

        Retention ladder = new Retention(1, List.of(new Rung("last", 100 * SECOND, 3)));
        CheckpointPlan kept = new CheckpointPlan(100, List.of(storage(0, 0).with(Keeping.ladder(ladder, 1))))
                .with(new Corruption(new Fixed(130), false));
        LifeOutcome saved = live(kept, 390, List.of(cause(new Fixed(250), Visibility.SILENT, Damage.PROCESS)), 0);
        assertThat(saved.snapshots().silent().unrecoverable()).isZero();
        assertThat(saved.snapshots().silent().found()).isGreaterThanOrEqualTo(1);
        assertThat(saved.snapshots().silent().deepestSteps()).isEqualTo(180);
    }

    /** Benoit et al. 2015: waste 2 sqrt((V + C)(1/Ms + 1/(2 Mf))) + R (1/Ms + 1/Mf) at the best interval, first order. */
    @Test
    void verifiedCheckpointsWasteWhatTheFirstOrderFormSays() {
        VerifiedCheckpoint form = new VerifiedCheckpoint(2, 6, 30, 60_480, 10_800);
        CheckpointPlan plan = new CheckpointPlan(Math.round(form.bestIntervalSeconds()), List.of(storage(6, 30)))
                .with(new SnapshotVerification(1, 2 * SECOND, 1));
        List<FaultCause> causes = List.of(
                cause(new Exponential(60_480), Visibility.SILENT, Damage.PROCESS),
                cause(new Exponential(10_800), Visibility.EXPLICIT, Damage.PROCESS));
        Tally waste = new Tally();
        for (int i = 0; i < 300; i++) {
            LifeOutcome life = live(plan, 100_000, causes, i);
            waste.add(1 - 100_000 / life.seconds());
        }
        assertThat(waste.mean()).isCloseTo(form.leastWaste(), within(0.1 * form.leastWaste()));
    }

    /** The limit of 1,000 s comes with a notice; a snapshot of 60 s counts if it fits, else the job is back at 800 or 900. */
    @Test
    void aSnapshotOnASignalCountsIfItFitsTheNotice() {
        for (boolean fits : new boolean[] {true, false}) {
            long notice = fits ? 61 * SECOND : 60 * SECOND - 1;
            CheckpointPlan plan =
                    new CheckpointPlan(400, List.of(storage(60, 0))).with(new OnSignal(1000 * SECOND, notice, true));
            LifeOutcome life = live(plan, 2000, List.of(), 0);
            // 400 + 60, then 1,000 - 61 - 460 = 479 s: 400, 60 and 19 more; or 400, 60 and 80 s that are lost.
            double lost = life.ledger().gpuSeconds(GpuState.LOST_WORK) / 32;
            assertThat(life.done()).isTrue();
            assertThat(life.snapshots().signalsSaved())
                    .isEqualTo(fits ? life.snapshots().signals() : 0);
            if (fits) {
                assertThat(lost).isZero();
            } else {
                assertThat(lost).isGreaterThan(79);
            }
        }
    }

    /** A node of a ring of copies in memory fails: the job goes on from its peers; two neighbours at once, from storage. */
    @Test
    void whatPeersKeepDependsOnWhichNodesFail() {
        CheckpointLevel peers = new CheckpointLevel("peer-memory", 1, 0, 0, 0, Damage.PROCESS)
                .with(Keeping.onNodes(new PeerCopies(4, 2, PeerCopies.Pattern.RING), 0));
        CheckpointPlan plan =
                new CheckpointPlan(10, List.of(peers, new CheckpointLevel("storage", 100, 0, 0, 0, Damage.NODE)));
        LongJob job =
                new LongJob(4, 100_000, StepTimes.constant(SECOND), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        for (Scope scope : new Scope[] {Scope.NODE, Scope.RACK}) {
            FaultCause node = new FaultCause(
                    "node", scope, new Exponential(40_000), Visibility.EXPLICIT, Damage.NODE, new Fixed(60), MADE_UP);
            LifeOutcome life = new LifeSimulation(job, new ClusterShape(8, 8, 2), List.of(node), 8, 1000 * HOUR)
                    .run(new RandomStreams(3, 0));
            double most = life.snapshots().outages().mostWorkSeconds();
            if (scope == Scope.NODE) {
                assertThat(most).isLessThanOrEqualTo(10);
            } else {
                assertThat(most).isGreaterThan(100);
            }
        }
    }

    /** Told nothing but a guess that is 50 times too long, it comes within a few percent of the best fixed interval. */
    @Test
    void anIntervalThatAdaptsFindsTheRate() {
        double mtbf = 2000;
        FaultCause crash = cause(new Exponential(mtbf), Visibility.EXPLICIT, Damage.PROCESS);
        CheckpointPlan guess = new CheckpointPlan(1400, List.of(storage(10, 30)));
        CheckpointPlan adapts = guess.with(new AdaptiveInterval(50 * mtbf, 1000));
        CheckpointPlan best = new CheckpointPlan(193, List.of(storage(10, 30)));
        double stuck = 0;
        double adapted = 0;
        double known = 0;
        for (int i = 0; i < 40; i++) {
            stuck += live(guess, 200_000, List.of(crash), i).seconds();
            adapted += live(adapts, 200_000, List.of(crash), i).seconds();
            known += live(best, 200_000, List.of(crash), i).seconds();
        }
        assertThat(adapted).isLessThan(0.9 * stuck);
        assertThat(adapted).isLessThan(1.05 * known);
    }
}
