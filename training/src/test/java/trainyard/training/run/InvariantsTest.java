package trainyard.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Uniform;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.Batch;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;
import trainyard.training.replica.AdPsgd;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.ElasticAveraging;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.GossipTopology;
import trainyard.training.replica.LocalSgd;
import trainyard.training.replica.OuterBits;
import trainyard.training.replica.StreamingDiLoCo;
import trainyard.training.rule.AdaSync;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;

/** What holds under any law of compute times. */
class InvariantsTest {
    private static final int CASES = 25;
    private static final UpdateRule TOGETHER = new Synchronous(Exchange.ALL_REDUCE);

    private static ComputeLaw law(Random random, int workers) {
        ComputeLaw even = ComputeLaw.of(
                switch (random.nextInt(4)) {
                    case 0 -> new Exponential(1);
                    case 1 -> new LogNormal(1, 0.1 + random.nextDouble());
                    case 2 -> new Uniform(0.5, 1.5);
                    default -> new Fixed(1);
                });
        Map<Integer, Double> slower = new HashMap<>();
        for (int worker = 0; worker < workers; worker++) {
            if (random.nextInt(3) == 0) {
                slower.put(worker, 0.5 + 3 * random.nextDouble());
            }
        }
        Optional<ComputeLaw.SlowSpells> spells =
                random.nextBoolean() ? Optional.of(new ComputeLaw.SlowSpells(50, 5, 3)) : Optional.empty();
        return new ComputeLaw(even.seconds(), slower, spells, random.nextBoolean());
    }

    private static List<UpdateRule> rules(int workers) {
        return List.of(
                TOGETHER,
                new Synchronous(Exchange.SERVER),
                new KSync((workers + 1) / 2),
                new BackupWorkers((workers - 1) / 2),
                new KBatchSync(workers),
                new AdaSync(1, 2),
                new KAsync((workers + 1) / 2),
                new KBatchAsync(3),
                new Asynchronous(),
                new StaleSynchronous(2),
                new LocalSgd(3),
                DiLoCo.of(3),
                new StreamingDiLoCo(DiLoCo.of(4), 1, 2, 0.5, OuterBits.BF16),
                new ElasticAveraging(0.1, 3),
                new AdPsgd(GossipTopology.RING),
                new FederatedAveraging((workers + 1) / 2, 2, 0.2, 8, List.of()));
    }

    /**
     * Each update makes the gradients of all other workers one later, so all staleness together is (P - 1) an update less that
     * of what is still under way, which is no more than P times the greatest.
     */
    @Test
    void meanStalenessIsAllButOneForAnySpeeds() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int workers = 1 + random.nextInt(8);
            TrainingOutcome outcome = Designs.play(Designs.withRate(
                    Designs.of(new Asynchronous(), workers, law(random, workers), Limits.ofUpdates(5000)), 1e-3));
            long greatest = outcome.ledger().staleness().lastKey();
            double missing = workers - 1 - outcome.ledger().meanStaleness();
            // Workers that start late are not there from the first update on.
            assertThat(missing).isBetween(-1e-9, (greatest + 1.0) * workers * 2 / 5000);
        }
    }

    /** With a free network P gradients are under way at any time: P more are pulled than pushed. */
    @Test
    void allWorkersAreUnderWay() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int workers = 1 + random.nextInt(8);
            TrainingOutcome outcome =
                    Designs.play(Designs.of(new Asynchronous(), workers, law(random, workers), Limits.ofUpdates(1000)));
            assertThat(outcome.sentBytes()).isEqualTo(4 * (2 * 1000 + workers));
        }
    }

    @Test
    void allKindsOfSynchronousAreOne() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int workers = 1 + random.nextInt(8);
            // Who starts late may read what others have changed, so all start at once.
            ComputeLaw drawn = law(random, workers);
            ComputeLaw law = new ComputeLaw(drawn.seconds(), drawn.slower(), drawn.spells(), false);
            TrainingDesign design = Designs.of(TOGETHER, workers, law, Limits.ofUpdates(60));
            TrainingOutcome together = Designs.play(design, Designs.noisy());
            for (UpdateRule rule :
                    List.of(new KSync(workers), new BackupWorkers(0), new Synchronous(Exchange.SERVER))) {
                TrainingOutcome other = Designs.play(Designs.with(design, rule), Designs.noisy());
                assertThat(other.parameters()).isEqualTo(together.parameters());
                assertThat(other.seconds()).isEqualTo(together.seconds());
            }
            // Gradients one by one at the same parameters, each with a P-th of the rate.
            TrainingDesign clocks = Designs.withRate(
                            Designs.with(design, new StaleSynchronous(0)),
                            design.recipe().rate().base() / workers)
                    .withLimits(Limits.ofUpdates(60L * workers));
            TrainingOutcome slackless = Designs.play(clocks, Designs.noisy());
            assertThat(slackless.parameters()).containsExactly(together.parameters(), within(1e-10));
            assertThat(slackless.seconds()).isEqualTo(together.seconds());
        }
    }

    /** With one example a worker, in the same order: the mean of P gradients is that of one batch of P, bit for bit. */
    @Test
    void workersTogetherAreOneWithALargeBatch() {
        TrainingDesign design = Designs.of(TOGETHER, 4, Designs.EXPONENTIAL, Limits.ofUpdates(80));
        TrainingOutcome four = Designs.play(design, new Numbered(4));
        TrainingDesign one = design.withWorkers(design.workers().withCount(1)).withRecipe(Recipe.plain(4, 0.1));
        assertThat(Designs.play(one, new Numbered(4)).parameters()).isEqualTo(four.parameters());
        assertThat(Designs.play(Designs.with(design, new KSync(4)), new Numbered(4))
                        .parameters())
                .isEqualTo(four.parameters());
    }

    @Test
    void slackWithoutEndIsAsynchronous() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int workers = 1 + random.nextInt(8);
            TrainingDesign design = Designs.withRate(
                    Designs.of(new Asynchronous(), workers, law(random, workers), Limits.ofUpdates(300)), 0.01);
            TrainingOutcome free = Designs.play(design, Designs.noisy());
            for (UpdateRule rule :
                    List.of(new StaleSynchronous(Integer.MAX_VALUE), new KAsync(1), new KBatchAsync(1))) {
                TrainingOutcome other = Designs.play(Designs.with(design, rule), Designs.noisy());
                assertThat(other.parameters()).isEqualTo(free.parameters());
                assertThat(other.ledger().staleness()).isEqualTo(free.ledger().staleness());
            }
        }
    }

    @Test
    void sameSeedSameOutcomeAndEveryNanosecondOnce() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            int workers = 2 + random.nextInt(6);
            ComputeLaw law = law(random, workers);
            for (UpdateRule rule : rules(workers)) {
                TrainingDesign design = Designs.with(
                        Designs.withRate(Designs.of(rule, workers, law, Limits.ofSeconds(60)), 0.01)
                                .withOutages(Designs.outage(random.nextInt(workers), 5 + 20 * random.nextDouble(), 30)),
                        random.nextBoolean() ? TrainingNetwork.FREE : Designs.links(50));
                TrainingOutcome first = Designs.play(design, Designs.noisy());
                TrainingOutcome second = Designs.play(design, Designs.noisy());
                assertThat(second.parameters()).isEqualTo(first.parameters());
                assertThat(second.curve()).isEqualTo(first.curve());
                assertThat(second.uses()).isEqualTo(first.uses());
                assertThat(first.ledger().updates()).as(rule.name()).isPositive();
                for (WorkerUse use : first.uses()) {
                    double all =
                            use.computingSeconds() + use.exchangingSeconds() + use.waitingSeconds() + use.downSeconds();
                    assertThat(all).as(rule.name()).isCloseTo(first.seconds(), within(5e-10));
                }
            }
        }
    }

    /** Workers draw examples in turn: those of worker i are i, i + P, i + 2 P and so on; all start at 0. */
    private record Numbered(int workers) implements Problem {
        private static final NoisyQuadratic BASE =
                new NoisyQuadratic(List.of(NoisyQuadratic.Bowl.of(1)), 0, new double[] {0}, new RandomStreams(1, 0));

        @Override
        public List<ParameterBlock> blocks() {
            return BASE.blocks();
        }

        @Override
        public double[] start() {
            return BASE.start();
        }

        @Override
        public void gradient(double[] parameters, Batch batch, double[] gradient) {
            double sum = 0;
            for (int i = 0; i < batch.examples(); i++) {
                long example = batch.examples() == 1
                        ? batch.index() * workers + batch.worker()
                        : batch.index() * batch.examples() + i;
                sum += parameters[0] - Math.sin(example);
            }
            gradient[0] = sum / batch.examples();
        }

        @Override
        public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
            throw new UnsupportedOperationException("no rule asks for it");
        }

        @Override
        public double loss(double[] parameters) {
            return BASE.loss(parameters);
        }
    }
}
