package trainyard.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.LocalSgd;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;

/** Adam and AdamW by their formulas, and who holds their moments. */
class AdamTest {
    private static final double EPSILON = 1e-8;
    private static final Adam ADAM = new Adam(0.9, 0.999, EPSILON, 0, false);
    private static final UpdateRule TOGETHER = new Synchronous(Exchange.ALL_REDUCE);

    private static double[] after(Optimizer optimizer, double start, double... gradients) {
        VersionedParameters model = new VersionedParameters(new double[] {start}, optimizer);
        double[] way = new double[gradients.length];
        for (int i = 0; i < gradients.length; i++) {
            model.update(new double[] {gradients[i]}, 0.1);
            way[i] = model.peek()[0];
        }
        return way;
    }

    private static TrainingDesign design(UpdateRule rule, int workers, Limits limits) {
        return Designs.with(Designs.of(rule, workers, ComputeLaw.fixed(1), limits), ADAM);
    }

    private static double played(UpdateRule rule, int workers, long updates) {
        return Designs.play(design(rule, workers, Limits.ofUpdates(updates))).parameters()[0];
    }

    /** The mean over the root of the mean square of one gradient is its sign: r g / (|g| + e). */
    @Test
    void theFirstStepIsTheRateAgainstTheSign() {
        for (double gradient : new double[] {1e-3, 1, 1e6, -1e-3, -1, -1e6}) {
            double size = Math.abs(gradient);
            assertThat(after(ADAM, 0, gradient)[0])
                    .isCloseTo(-0.1 * gradient / (size + EPSILON), within(1e-13))
                    .isCloseTo(-0.1 * Math.signum(gradient), within(1e-6));
        }
    }

    /** With corrected moments every step along one gradient is like the first. */
    @Test
    void biasIsCorrectedAtEveryStep() {
        double[] way = after(ADAM, 0, 5, 5, 5, 5);
        for (int step = 1; step <= way.length; step++) {
            assertThat(way[step - 1]).isCloseTo(-0.1 * step, within(1e-8));
        }
    }

    /** Gradients 1 and -1: m = -(1 - b)^2 over 1 - b^2, so the second step is (1 - b) / (1 + b) of the first, back. */
    @Test
    void gradientsThatTurnMakeShortSteps() {
        double[] way = after(ADAM, 0, 1, -1);
        assertThat(way[1] - way[0]).isCloseTo(0.1 * 0.1 / 1.9, within(1e-8));
    }

    /** No gradient: AdamW leaves 1 - r d a step; the decay of Adam is a gradient like any other, so its first step is r. */
    @Test
    void decayOfAdamWIsApartFromTheMoments() {
        assertThat(after(new Adam(0.9, 0.999, EPSILON, 0.5, true), 2, 0, 0)[1])
                .isCloseTo(2 * 0.95 * 0.95, within(1e-12));
        assertThat(after(new Adam(0.9, 0.999, EPSILON, 0.5, false), 2, 0)[0]).isCloseTo(1.9, within(1e-8));
    }

    @Test
    void eachPartHasItsOwnFirstStep() {
        VersionedParameters model = new VersionedParameters(new double[] {0, 0}, ADAM);
        double[] gradient = {3, 7};
        model.update(gradient, 0.1, 0, 1);
        model.update(gradient, 0.1, 0, 1);
        model.update(gradient, 0.1, 1, 2);
        assertThat(model.peek()[0]).isCloseTo(-0.2, within(1e-8));
        assertThat(model.peek()[1]).isCloseTo(-0.1, within(1e-8));
    }

    /** Under rules with servers or an all-reduce the shared parameters have the moments, whoever sends. */
    @Test
    void sharedParametersHaveOneSetOfMoments() {
        double one = played(TOGETHER, 1, 3);
        assertThat(played(TOGETHER, 4, 3)).isEqualTo(one);
        // The gradients of 1, 1 and 0.9 of two workers in turn, each one update late but the first.
        double[] way = after(ADAM, 1, 1, 1, after(ADAM, 1, 1)[0]);
        assertThat(played(new Asynchronous(), 2, 3)).isCloseTo(way[2], within(1e-12));
    }

    /** A replica's moments go on from round to round; a client of federated averaging begins anew, and steps are all the rate. */
    @Test
    void replicasHaveMomentsOfTheirOwn() {
        double one = played(TOGETHER, 1, 6);
        assertThat(played(new LocalSgd(1), 3, 6)).isCloseTo(one, within(1e-12));
        assertThat(played(new LocalSgd(3), 3, 2)).isCloseTo(one, within(1e-12));
        assertThat(one).isGreaterThan(0.41);
        assertThat(played(FederatedAveraging.of(1, 1), 1, 6)).isCloseTo(0.4, within(1e-7));
    }

    /** Two inner steps of r, then the outer step of Nesterov: 0.7 (1 + 0.9) of their sum. */
    @Test
    void dilocoTakesItInside() {
        double inner = played(TOGETHER, 1, 2);
        assertThat(played(new DiLoCo(2, 1, 0), 2, 1)).isCloseTo(inner, within(1e-12));
        assertThat(played(DiLoCo.of(2), 2, 1)).isCloseTo(1 - 0.7 * 1.9 * (1 - inner), within(1e-12));
    }

    /** A worker away from 2.5 s to 3 s: its third step is a first one of a new optimizer; at a server it is the third. */
    @Test
    void momentsAreLostWithTheWorkerThatHasThem() {
        double[] local = {
            played(new LocalSgd(1), 1, 2),
            Designs.play(design(new LocalSgd(1), 1, Limits.ofUpdates(3)).withOutages(Designs.outage(0, 2.5, 3)))
                    .parameters()[0]
        };
        assertThat(local[0] - local[1]).isCloseTo(0.1, within(1e-7));
        double third = Designs.play(
                        design(new Asynchronous(), 1, Limits.ofUpdates(3)).withOutages(Designs.outage(0, 2.5, 3)))
                .parameters()[0];
        assertThat(third).isEqualTo(played(new Asynchronous(), 1, 3));
        assertThat(local[0] - third).isLessThan(0.0999);
    }

    /** Gradients that all count half: their mean is as long to Adam as before, so it is the rate that must be half. */
    @Test
    void lateGradientsCountLessThoughTheirLengthDoesNot() {
        TrainingDesign late =
                Designs.with(design(new KBatchAsync(2), 2, Limits.ofUpdates(1)), new StalenessPolicy.Budget(0.5));
        assertThat(Designs.play(late).parameters()[0]).isCloseTo(1 - 0.1 * 0.5, within(1e-8));
    }

    @Test
    void badConstantsAreRefused() {
        assertThatThrownBy(() -> new Adam(1, 0.999, EPSILON, 0, false)).hasMessageContaining("beta1 (1.0)");
        assertThatThrownBy(() -> new Adam(0.9, -1, EPSILON, 0, false)).hasMessageContaining("beta2 (-1.0)");
        assertThatThrownBy(() -> new Adam(0.9, 0.999, 0, 0, false)).hasMessageContaining("epsilon (0.0)");
        assertThatThrownBy(() -> new Adam(0.9, 0.999, EPSILON, -1, true)).hasMessageContaining("decay (-1.0)");
    }
}
