package trainyard.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.Asynchronous;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

class ElasticAveragingTest {

    /** Rate 0.5, elasticity 0.5: w = 0.5 against c = 1 meet at 0.75; w = 0.375 against 0.75 meet at 0.5625. */
    @Test
    void workerAndCentreGoTowardsEachOther() {
        TrainingDesign design = Designs.withRate(
                Designs.of(new ElasticAveraging(0.5, 1), 1, ComputeLaw.fixed(1), Limits.ofUpdates(2)), 0.5);
        assertThat(Designs.play(design).parameters()[0]).isCloseTo(0.5625, within(1e-15));
    }

    /** Without elasticity the centre stays; workers that start there and do not learn stay as well. */
    @Test
    void limitsOfElasticity() {
        TrainingDesign design = Designs.of(new ElasticAveraging(1e-12, 1), 4, EXPONENTIAL, Limits.ofUpdates(200));
        assertThat(Designs.play(design).parameters()[0]).isCloseTo(1, within(1e-9));
        TrainingDesign still = Designs.withRate(Designs.with(design, new ElasticAveraging(0.2, 3)), 1e-300);
        assertThat(Designs.play(still).parameters()[0]).isCloseTo(1, within(1e-15));
    }

    /** The centre finds the common minimum, and a worker exchanges both ways once a period. */
    @Test
    void centreConverges() {
        TrainingDesign design = Designs.of(new ElasticAveraging(0.9 / 4, 5), 4, EXPONENTIAL, Limits.ofUpdates(400));
        TrainingOutcome outcome = Designs.play(design);
        assertThat(outcome.parameters()[0]).isCloseTo(0, within(1e-6));
        double exchanges = outcome.ledger().examples() / 5.0;
        assertThat(outcome.sentBytes() / 8).isCloseTo(exchanges, within(8.0));
    }

    @Test
    void rareExchangesWinOnSlowLinks() {
        TrainingDesign design = Designs.with(
                Designs.of(
                        new Asynchronous(),
                        4,
                        EXPONENTIAL,
                        Limits.ofUpdates(5000).until(1e-3)),
                Designs.links(0.2));
        double each = Designs.play(design).seconds();
        double rare = Designs.play(Designs.with(design, new ElasticAveraging(0.9 / 4, 10)))
                .seconds();
        assertThat(rare).isLessThan(each);
    }

    @Test
    void badElasticityIsRefused() {
        assertThatThrownBy(() -> new ElasticAveraging(1, 1)).hasMessageContaining("elasticity (1.0)");
    }
}
