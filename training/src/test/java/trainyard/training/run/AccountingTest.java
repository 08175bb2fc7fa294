package trainyard.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.FaultOutages;
import trainyard.training.compression.SignSgd;
import trainyard.training.compression.TopK;
import trainyard.training.gradient.Compressing;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.StalenessPolicy;
import trainyard.training.pipeline.PipeDream;
import trainyard.training.pipeline.PipeMare;
import trainyard.training.replica.AdPsgd;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.ElasticAveraging;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.GossipTopology;
import trainyard.training.replica.LocalSgd;
import trainyard.training.replica.OuterBits;
import trainyard.training.replica.PostLocalSgd;
import trainyard.training.replica.StreamingDiLoCo;
import trainyard.training.rule.AdaSync;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.UpdateRule;

/** Time and gradients of every rule while nodes fail and return at random, also several at once. */
class AccountingTest {
    private static final int SEEDS = 12;
    private static final double SECONDS = 80;

    /** Every second is a whole number of nanoseconds; sums of so few of them as doubles are far more exact. */
    private static final double HALF_A_NANOSECOND = 5e-10;

    private static List<UpdateRule> rules(int workers) {
        int half = (workers + 1) / 2;
        return List.of(
                new Synchronous(Synchronous.Exchange.ALL_REDUCE),
                new Synchronous(Synchronous.Exchange.SERVER),
                new KSync(half),
                new BackupWorkers((workers - 1) / 2),
                new KBatchSync(workers),
                new AdaSync(1, 2),
                new KAsync(half),
                new KBatchAsync(3),
                new Asynchronous(),
                new StaleSynchronous(1),
                new LocalSgd(3),
                new PostLocalSgd(4, 30),
                DiLoCo.of(3),
                new StreamingDiLoCo(DiLoCo.of(4), 2, 2, 0.5, OuterBits.FP4),
                new ElasticAveraging(0.1, 3),
                new AdPsgd(GossipTopology.COMPLETE),
                new FederatedAveraging(half, 2, 0.2, 8, List.of()),
                new PipeDream(2),
                new PipeMare(2, 20, 2));
    }

    /** A node fails each 25 s in the mean and is away for 3 s and a restart. */
    private static FaultOutages failures(int workers) {
        int nodes = (workers + 1) / 2;
        FaultCause crash = new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(25),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(3),
                new Provenance(Provenance.Kind.ASSUMED, "test", "2026-01-01"));
        return new FaultOutages(FaultModel.of(List.of(crash)), new ClusterShape(nodes, 2, 2), workers, 0.7);
    }

    private static TrainingDesign design(Random random, UpdateRule rule, int workers) {
        GradientPath path = GradientPath.PLAIN;
        if (rule.compresses() && random.nextBoolean()) {
            path = path.withCompressing(
                    Compressing.free(random.nextBoolean() ? new TopK(0.4) : new SignSgd(), random.nextBoolean()));
        }
        StalenessPolicy late =
                random.nextBoolean() ? new StalenessPolicy.Budget(1) : new StalenessPolicy.Polynomial(0.5);
        TrainingDesign design = Designs.of(rule, workers, Designs.EXPONENTIAL, Limits.ofSeconds(SECONDS));
        TrainingNetwork network = random.nextBoolean() ? TrainingNetwork.FREE : Designs.links(60);
        return Designs.with(Designs.with(Designs.withRate(design, 0.01), late), network)
                .withGradients(path)
                .withOutages(failures(workers));
    }

    @Test
    void everyNanosecondOfEveryWorkerIsInOneState() {
        long down = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int workers = 2 + random.nextInt(6);
            for (UpdateRule rule : rules(workers)) {
                TrainingOutcome outcome = Designs.play(design(random, rule, workers), Designs.layers(8));
                String what = rule.name() + " of seed " + seed;
                assertThat(outcome.seconds()).as(what).isEqualTo(SECONDS);
                assertThat(outcome.divergence()).as(what).isEmpty();
                assertThat(outcome.uses()).as(what).hasSize(workers);
                for (WorkerUse use : outcome.uses()) {
                    assertThat(use.computingSeconds()
                                    + use.exchangingSeconds()
                                    + use.waitingSeconds()
                                    + use.downSeconds())
                            .as(what)
                            .isCloseTo(SECONDS, within(HALF_A_NANOSECOND));
                    down += use.downSeconds() > 0 ? 1 : 0;
                }
            }
        }
        assertThat(down).isPositive();
    }

    /** Examples are gradients of one example each; none counts twice, and none is negative however many are lost. */
    @Test
    void everyGradientIsAppliedOrWasted() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int workers = 2 + random.nextInt(6);
            for (UpdateRule rule : rules(workers)) {
                TrainingDesign design = design(random, rule, workers);
                TrainingOutcome outcome = Designs.play(design, Designs.layers(8));
                String what = rule.name() + " of seed " + seed;
                long applied = 0;
                for (long ofWorker : outcome.ledger().applied()) {
                    assertThat(ofWorker).as(what).isNotNegative();
                    applied += ofWorker;
                }
                boolean isPipeline = rule instanceof PipeDream || rule instanceof PipeMare;
                if (!isPipeline) {
                    assertThat(outcome.ledger().examples()).as(what).isEqualTo(applied);
                }
                assertThat(outcome.ledger().updates()).as(what).isPositive();
                assertThat(outcome.ledger().wastedExamples()).as(what).isNotNegative();
                assertThat(Designs.play(design, Designs.layers(8)).parameters())
                        .as(what)
                        .isEqualTo(outcome.parameters());
            }
        }
    }
}
