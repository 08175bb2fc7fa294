package trainyard.training.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trainyard.faults.recovery.OnLoss;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.Outages;
import trainyard.training.clock.WorkersLost;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

/** Synchronous workers some of which are lost; each gradient takes a second. */
class ElasticSynchronousTest {
    private static final ComputeLaw SECOND = ComputeLaw.of(new Fixed(1));

    private static TrainingDesign four(OnLoss onLoss, int lost) {
        return Designs.of(new ElasticSynchronous(onLoss), 4, SECOND, Limits.ofUpdates(10))
                .withOutages(new WorkersLost(4 - lost, 4, 2.5));
    }

    private static long examples(TrainingOutcome outcome) {
        return outcome.ledger().examples();
    }

    @Test
    void withoutLossItIsSynchronous() {
        TrainingOutcome plain = Designs.play(
                Designs.with(four(OnLoss.ACCUMULATE, 0), new Synchronous(Synchronous.Exchange.ALL_REDUCE)),
                Designs.noisy());
        for (OnLoss onLoss : OnLoss.values()) {
            TrainingOutcome elastic = Designs.play(four(onLoss, 0), Designs.noisy());
            assertThat(elastic.parameters()).containsExactly(plain.parameters());
            assertThat(elastic.seconds()).isEqualTo(plain.seconds());
        }
    }

    /**
     * Two updates of a second, half a second of gradients of the lost ones wasted, then eight updates of 40 examples in all. With
     * three left one of them computes two of the four gradients, with two left each does, with one it computes four.
     */
    @Test
    void accumulationKeepsTheBatchToTheExample() {
        int[] seconds = {0, 2, 2, 4};
        for (int lost = 1; lost <= 3; lost++) {
            TrainingOutcome outcome = Designs.play(four(OnLoss.ACCUMULATE, lost));
            assertThat(examples(outcome)).isEqualTo(40);
            assertThat(outcome.seconds()).isCloseTo(2 + 8.0 * seconds[lost], within(1e-9));
            assertThat(outcome.lost()).isEqualTo(lost);
            assertThat(outcome.ledger().wastedExamples()).isEqualTo(lost);
        }
        assertThat(Designs.play(four(OnLoss.ACCUMULATE, 1)).ledger().applied()).containsExactly(18, 10, 10, 2);
    }

    @Test
    void aShrunkBatchTakesNoLonger() {
        for (OnLoss onLoss : new OnLoss[] {OnLoss.SHRINK_BATCH, OnLoss.RESCALE}) {
            TrainingOutcome outcome = Designs.play(four(onLoss, 3));
            assertThat(outcome.seconds()).isCloseTo(10, within(1e-9));
            assertThat(examples(outcome)).isEqualTo(2 * 4 + 8);
        }
    }

    /** A bowl of curvature 1 without noise, from 1 at a rate of 0.1: 0.9 an update, and 0.975 with a quarter of the rate. */
    @Test
    void aRescaledRateIsLowerByAsMuchAsTheBatch() {
        assertThat(Designs.play(four(OnLoss.RESCALE, 3), Designs.layers(1)).parameters()[0])
                .isCloseTo(Math.pow(0.9, 2) * Math.pow(0.975, 8), within(1e-12));
        assertThat(Designs.play(four(OnLoss.SHRINK_BATCH, 3), Designs.layers(1)).parameters()[0])
                .isCloseTo(Math.pow(0.9, 10), within(1e-12));
    }

    /** Worker 1 is away from 1.5 to 3.2 s; the other computes two gradients for the update of 3 s and that of 5 s, then one. */
    @Test
    void whoReturnsTakesPartInTheNextUpdate() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new ElasticSynchronous(OnLoss.ACCUMULATE), 2, SECOND, Limits.ofUpdates(4))
                        .withOutages(Designs.outage(1, 1.5, 3.2)));
        assertThat(outcome.seconds()).isCloseTo(6, within(1e-9));
        assertThat(outcome.ledger().applied()).containsExactly(6, 2);
    }

    private static TrainingOutcome three(OnLoss onLoss, long updates, Outages... outages) {
        return Designs.play(Designs.of(new ElasticSynchronous(onLoss), 3, SECOND, Limits.ofUpdates(updates))
                .withOutages((simulation, streams, down, up) ->
                        Arrays.asList(outages).forEach(outage -> outage.start(simulation, streams, down, up))));
    }

    /**
     * Workers 1 and 2 fail in the first update, so that 0 owes three gradients. Both are back for the next one: that 1 fails again
     * before changes nothing of the first, which is at 3 s. In the second, 0 computes two gradients and 2 one.
     */
    @Test
    void whoReturnedOwesNothingToTheUpdateUnderWay() {
        for (double again : new double[] {2.05, 2.5, 2.95}) {
            TrainingOutcome outcome = three(
                    OnLoss.ACCUMULATE,
                    2,
                    Designs.outage(1, 0.1, 2.01),
                    Designs.outage(2, 0.2, 2.01),
                    Designs.outage(1, again, 9));
            assertThat(outcome.seconds()).isCloseTo(5, within(1e-9));
            assertThat(outcome.ledger().applied()).containsExactly(5, 0, 1);
        }
    }

    /** Worker 0 fails alone at work, at 1.5 s, with two that returned before waiting: they begin the update anew and end it at 3.5 s. */
    @Test
    void whoReturnedBeginsAnewWhereNobodyIsLeft() {
        TrainingOutcome outcome = three(
                OnLoss.ACCUMULATE,
                1,
                Designs.outage(1, 0.1, 1.1),
                Designs.outage(2, 0.2, 1.1),
                Designs.outage(0, 1.5, 9));
        assertThat(outcome.seconds()).isCloseTo(3.5, within(1e-9));
        assertThat(outcome.ledger().applied()).containsExactly(0, 2, 1);
    }

    /** A worker that is back before the update brings nothing to it: the rate is lower by its share too. */
    @Test
    void theRateIsThatOfTheGradientsOfTheUpdate() {
        TrainingDesign design = Designs.of(new ElasticSynchronous(OnLoss.RESCALE), 4, SECOND, Limits.ofUpdates(1))
                .withOutages(Designs.outage(3, 0.2, 0.5));
        assertThat(Designs.play(design, Designs.layers(1)).parameters()[0]).isCloseTo(1 - 0.1 * 3 / 4, within(1e-12));
    }

    /** A worker that is gone before it starts, for good, holds nobody up. */
    @Test
    void whoIsGoneBeforeItStartsIsGone() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new ElasticSynchronous(OnLoss.SHRINK_BATCH), 4, SECOND, Limits.ofUpdates(2))
                        .withOutages(new WorkersLost(3, 4, 0)));
        assertThat(outcome.seconds()).isCloseTo(2, within(1e-9));
        assertThat(outcome.ledger().applied()).containsExactly(2, 2, 2, 0);
    }

    /** Both are away at once: training stands from 1.4 to 2.2 s, and the first back begins alone. */
    @Test
    void trainingStandsWhileNobodyIsThere() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new ElasticSynchronous(OnLoss.SHRINK_BATCH), 2, SECOND, Limits.ofUpdates(2))
                        .withOutages((simulation, streams, down, up) -> Arrays.asList(
                                        Designs.outage(0, 1.3, 2.2), Designs.outage(1, 1.4, 9))
                                .forEach(outage -> outage.start(simulation, streams, down, up))));
        assertThat(outcome.seconds()).isCloseTo(3.2, within(1e-9));
        assertThat(outcome.ledger().applied()).containsExactly(2, 1);
    }
}
