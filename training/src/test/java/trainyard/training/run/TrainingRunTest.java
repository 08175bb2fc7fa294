package trainyard.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.Problem;
import trainyard.training.replica.LocalSgd;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;

/** Update rules on a network without cost. */
class TrainingRunTest {
    private static final ComputeLaw EXPONENTIAL = ComputeLaw.of(new Exponential(1));
    private static final long MANY = 40_000;

    private static TrainingOutcome play(UpdateRule rule, int workers, ComputeLaw law, double rate, Limits limits) {
        TrainingDesign design =
                new TrainingDesign(rule, WorkerGroup.of(workers, law), Recipe.plain(1, rate), limits, 1);
        return TrainingRun.play(design, new Bowl(), new RandomStreams(7, 0));
    }

    private static TrainingOutcome many(UpdateRule rule, int workers) {
        return play(rule, workers, EXPONENTIAL, 1e-9, Limits.ofUpdates(MANY));
    }

    /** Seconds of an update of Dutta et al. 2018: H_8 - H_5, 3/8 and 3/8 for exponential times of mean 1. */
    @Test
    void secondsOfAnUpdateFollowTheOrderOfTheWorkers() {
        double threeOfEight = 1 / 8.0 + 1 / 7.0 + 1 / 6.0;
        assertThat(many(new KSync(3), 8).seconds() / MANY).isCloseTo(threeOfEight, within(0.01));
        assertThat(many(new KAsync(3), 8).seconds() / MANY).isCloseTo(threeOfEight, within(0.01));
        assertThat(many(new KBatchSync(3), 8).seconds() / MANY).isCloseTo(3 / 8.0, within(0.01));
        assertThat(many(new KBatchAsync(3), 8).seconds() / MANY).isCloseTo(3 / 8.0, within(0.01));
    }

    /** Whoever pushes next is any of the workers: staleness is geometric with mean P - 1 and variance P (P - 1). */
    @Test
    void stalenessOfEqualWorkersIsGeometric() {
        Map<Long, Long> counts = many(new Asynchronous(), 4).ledger().staleness();
        double mean = counts.entrySet().stream()
                        .mapToDouble(entry -> entry.getKey() * entry.getValue())
                        .sum()
                / MANY;
        double square = counts.entrySet().stream()
                        .mapToDouble(entry -> entry.getKey() * entry.getKey() * (double) entry.getValue())
                        .sum()
                / MANY;
        assertThat(mean).isCloseTo(3, within(0.05));
        assertThat(square - mean * mean).isCloseTo(12, within(0.6));
        assertThat(counts.get(0L) / (double) MANY).isCloseTo(1 / 4.0, within(0.01));
    }

    @Test
    void equalWorkersInTurnAreAllButOneBehind() {
        Map<Long, Long> counts = play(new Asynchronous(), 4, ComputeLaw.fixed(1), 1e-9, Limits.ofUpdates(100))
                .ledger()
                .staleness();
        assertThat(counts).isEqualTo(Map.of(0L, 1L, 1L, 1L, 2L, 1L, 3L, 97L));
    }

    /** Two workers with slack s finish 2 (2 s + 2) / (2 s + 3) gradients a second. */
    @Test
    void slackLetsFastWorkersGoOn() {
        for (int slack : new int[] {0, 1, 5}) {
            double expected = 2 * (2 * slack + 2) / (2 * slack + 3.0);
            assertThat(MANY / many(new StaleSynchronous(slack), 2).seconds()).isCloseTo(expected, within(0.03));
        }
    }

    /** One step of a rate of 0.1 leaves 0.9 of a parameter; four gradients at the same parameters are one step each. */
    @Test
    void ruleWithoutNoiseGivesTheRecursion() {
        Limits ten = Limits.ofUpdates(10);
        TrainingOutcome together = play(new Synchronous(Exchange.ALL_REDUCE), 4, EXPONENTIAL, 0.1, ten);
        assertThat(together.parameters()[0]).isCloseTo(Math.pow(0.9, 10), within(1e-12));
        assertThat(together.ledger().examples()).isEqualTo(40);
        TrainingOutcome slackless = play(new StaleSynchronous(0), 4, EXPONENTIAL, 0.1, Limits.ofUpdates(40));
        assertThat(slackless.parameters()[0]).isCloseTo(Math.pow(0.6, 10), within(1e-12));
    }

    @Test
    void waitingForAllIsTheSameByCollectiveAndServer() {
        Limits some = Limits.ofUpdates(200);
        TrainingOutcome collective = play(new Synchronous(Exchange.ALL_REDUCE), 5, EXPONENTIAL, 0.01, some);
        for (UpdateRule rule : List.of(new Synchronous(Exchange.SERVER), new KSync(5))) {
            TrainingOutcome server = play(rule, 5, EXPONENTIAL, 0.01, some);
            assertThat(server.seconds()).isEqualTo(collective.seconds());
            assertThat(server.parameters()).isEqualTo(collective.parameters());
        }
    }

    /** Alone, an asynchronous worker is a synchronous one. */
    @Test
    void oneWorkerIsTheSameUnderEveryRule() {
        Limits some = Limits.ofUpdates(100);
        TrainingOutcome alone = play(new Synchronous(Exchange.ALL_REDUCE), 1, EXPONENTIAL, 0.01, some);
        for (UpdateRule rule : List.of(new Asynchronous(), new KAsync(1), new KBatchSync(1), new StaleSynchronous(3))) {
            TrainingOutcome other = play(rule, 1, EXPONENTIAL, 0.01, some);
            assertThat(other.parameters()).isEqualTo(alone.parameters());
            assertThat(other.seconds()).isEqualTo(alone.seconds());
        }
    }

    /** A rate above 2 grows without end; the first update at which the loss is seen to is told. */
    @Test
    void divergenceIsToldWithItsUpdate() {
        TrainingOutcome outcome =
                play(new Synchronous(Exchange.ALL_REDUCE), 2, ComputeLaw.fixed(1), 3, Limits.ofUpdates(5000));
        assertThat(outcome.divergence()).isPresent();
        assertThat(outcome.divergence().orElseThrow().what())
                .isEqualTo("the loss is a million times that of the start");
        assertThat(outcome.divergence().orElseThrow().update()).isBetween(9L, 12L);
        assertThat(outcome.curve().points()).allMatch(point -> Double.isFinite(point.loss()));
    }

    /** With nothing to lose at the start, noise alone is no divergence: the loss stays around lr / (4 - 2 lr) = 0.026. */
    @Test
    void aStartAtTheMinimumDivergesOnlyIfItDoes() {
        Problem atRest =
                new NoisyQuadratic(List.of(NoisyQuadratic.Bowl.of(1)), 1, new double[] {0}, new RandomStreams(11, 0));
        TrainingDesign design = Designs.of(new Asynchronous(), 1, ComputeLaw.of(new Fixed(1)), Limits.ofUpdates(2000));
        TrainingOutcome outcome = Designs.play(design, atRest);
        assertThat(outcome.divergence()).isEmpty();
        double mean = outcome.curve().points().stream()
                .mapToDouble(LossPoint::loss)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.1 / 3.8, within(0.006));
        assertThat(Designs.play(Designs.withRate(design, 3), atRest).divergence())
                .isPresent();
    }

    /** The step that overflows is told, not the average over workers that follows it at the same moment. */
    @Test
    void theFirstBadUpdateIsTold() {
        TrainingDesign design = Designs.of(new LocalSgd(1), 1, ComputeLaw.of(new Fixed(1)), Limits.ofUpdates(5000))
                .showing(1e6);
        TrainingOutcome outcome = Designs.play(Designs.withRate(design, 1e10));
        // (1 - 1e10)^31 is beyond the largest number, and the 31st local step comes before the 31st average.
        assertThat(outcome.divergence().orElseThrow().what()).isEqualTo("a parameter is no number");
        assertThat(outcome.divergence().orElseThrow().update()).isEqualTo(30);
        assertThat(outcome.divergence().orElseThrow().seconds()).isEqualTo(31);
    }

    /** Rounds of three steps of two workers: five examples are reached within the first round, and the run ends with it. */
    @Test
    void roundsThatReachTheLimitAreFinished() {
        Limits limits = new Limits(100, 5, 100, OptionalDouble.empty());
        TrainingDesign design = Designs.of(new LocalSgd(3), 2, ComputeLaw.fixed(1), limits);
        List<Double> told = new ArrayList<>();
        TrainingOutcome outcome = TrainingRun.play(design, new Bowl(), Designs.STREAMS, told::add);
        assertThat(outcome.ledger().examples()).isEqualTo(6);
        assertThat(outcome.ledger().updates()).isEqualTo(1);
        assertThat(told).as("one update, however many steps").hasSize(1);
        assertThat(outcome.parameters()[0]).isCloseTo(0.9 * 0.9 * 0.9, within(1e-12));
    }

    /** Halving the loss of a quadratic takes ln(sqrt 2) / -ln(0.9) steps of a rate of 0.1. */
    @Test
    void timeToATargetLiesBetweenLosses() {
        TrainingOutcome outcome = play(
                new Synchronous(Exchange.ALL_REDUCE),
                1,
                ComputeLaw.fixed(1),
                0.1,
                Limits.ofUpdates(1000).until(0.01));
        double steps = Math.log(0.5 / 0.01) / 2 / -Math.log(0.9);
        assertThat(outcome.curve().secondsTo(0.01).orElseThrow()).isCloseTo(steps, within(1.0));
        assertThat(outcome.ledger().updates()).isEqualTo(Math.round(Math.ceil(steps)));
        assertThat(outcome.curve().secondsTo(0.001)).isEmpty();
    }
}
