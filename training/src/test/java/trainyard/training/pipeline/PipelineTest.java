package trainyard.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

class PipelineTest {
    private static final ComputeLaw SECOND = ComputeLaw.of(new Fixed(1));

    private static TrainingDesign design(UpdateRule rule, int stages, Limits limits) {
        return Designs.of(rule, stages, SECOND, limits);
    }

    /** Stage i of S is S - 1 - i updates behind, once the pipeline is full. */
    @Test
    void delayIsTheDepthBehindAStage() {
        for (int stages : new int[] {1, 2, 4, 8}) {
            TrainingOutcome outcome =
                    Designs.play(design(new PipeDream(0), stages, Limits.ofUpdates(1000)), Designs.layers(stages));
            for (int i = 0; i < stages; i++) {
                Map<Long, Long> counts = outcome.ledger().staleness(i);
                assertThat(counts.get((long) stages - 1 - i)).as("stage " + i).isGreaterThan(990);
            }
            // As many stages share each gradient's second, so an update takes a second over their number.
            assertThat(outcome.seconds()).isCloseTo(1000.0 / stages, within(2.0));
        }
    }

    /** w_t = w_(t-1) - 0.1 w_(t-1-d) for each layer, with its own delay d. */
    @Test
    void eachLayerFollowsTheRecursionOfItsDelay() {
        int stages = 3;
        int updates = 30;
        TrainingOutcome outcome =
                Designs.play(design(new PipeDream(0), stages, Limits.ofUpdates(updates)), Designs.layers(stages));
        for (int i = 0; i < stages; i++) {
            int delay = stages - 1 - i;
            // Stages behind the first are some updates ahead of it.
            int done = Math.toIntExact(outcome.ledger().applied()[i]);
            double[] w = new double[done + 1];
            w[0] = 1;
            for (int t = 1; t <= done; t++) {
                w[t] = w[t - 1] - 0.1 * w[Math.max(0, t - 1 - delay)];
            }
            assertThat(outcome.parameters()[i]).as("layer " + i).isCloseTo(w[done], within(1e-12));
        }
    }

    @Test
    void oneStageIsSequential() {
        TrainingDesign design = Designs.of(new PipeDream(0), 1, SECOND, Limits.ofUpdates(40));
        TrainingOutcome pipeline = Designs.play(design, Designs.noisy());
        TrainingOutcome one = Designs.play(Designs.with(design, new Synchronous(Exchange.ALL_REDUCE)), Designs.noisy());
        assertThat(pipeline.parameters()).isEqualTo(one.parameters());
        assertThat(pipeline.seconds()).isCloseTo(one.seconds(), within(1e-6));
        TrainingOutcome mare = Designs.play(Designs.with(design, new PipeMare(1, 0, 0)), Designs.noisy());
        assertThat(mare.parameters()).isEqualTo(one.parameters());
    }

    /** A stage has 2 (S - 1 - i) + 1 micro-batches under way; with N of them an update it is that over N updates late. */
    @Test
    void microBatchesShareTheDelay() {
        int stages = 4;
        TrainingOutcome outcome =
                Designs.play(design(new PipeMare(4, 0, 0), stages, Limits.ofUpdates(1000)), Designs.layers(stages));
        assertThat(outcome.ledger().examples()).isEqualTo(4000);
        for (int i = 0; i < stages; i++) {
            double atMost = Math.ceil((2 * (stages - 1 - i) + 1) / 4.0);
            assertThat(outcome.ledger().meanStaleness(i)).as("stage " + i).isBetween(0.0, atMost);
        }
        assertThat(outcome.ledger().meanStaleness(0))
                .isGreaterThan(outcome.ledger().meanStaleness(3));
    }

    /** A delay of 7 updates bears no rate above 2 sin(pi / 30) = 0.209; a lower one at first gets through, later it does not. */
    @Test
    void lowerRatesAtFirstBearTheDelay() {
        TrainingDesign design = Designs.withRate(design(new PipeMare(1, 0, 0), 8, Limits.ofUpdates(300)), 0.25);
        TrainingDesign rescheduled = Designs.with(design, new PipeMare(1, 100_000, 0));
        double plain = Designs.play(design, Designs.layers(8)).curve().last();
        double lower = Designs.play(rescheduled, Designs.layers(8)).curve().last();
        assertThat(plain).isGreaterThan(1);
        assertThat(lower).isLessThan(1e-3);
    }

    /** With as long a gradient, a pipeline of four sends 2 x 3 activations where data parallel workers send all parameters. */
    @Test
    void smallActivationsWinOnSlowLinks() {
        TrainingDesign pipeline = Designs.with(
                Designs.of(
                        new PipeDream(0.1),
                        4,
                        EXPONENTIAL,
                        Limits.ofUpdates(20_000).until(1e-3)),
                Designs.links(2));
        double stages = Designs.play(pipeline, Designs.layers(4)).seconds();
        double together = Designs.play(Designs.with(pipeline, new Synchronous(Exchange.ALL_REDUCE)), Designs.layers(4))
                .seconds();
        assertThat(stages).isLessThan(together);
    }

    /** The stage that fails repeats its pass, and all others run dry meanwhile. */
    @Test
    void pipelineStopsWithAStage() {
        TrainingDesign design = design(new PipeDream(0), 2, Limits.ofUpdates(100));
        double whole = Designs.play(design, Designs.layers(2)).seconds();
        TrainingOutcome broken = Designs.play(design.withOutages(Designs.outage(1, 10.1, 40)), Designs.layers(2));
        assertThat(broken.seconds()).isBetween(whole + 29, whole + 31);
        assertThat(broken.ledger().examples()).isEqualTo(100);
    }

    @Test
    void stagesNeedLayers() {
        assertThatThrownBy(() -> Designs.play(design(new PipeDream(0), 3, Limits.ofUpdates(1)), Designs.layers(2)))
                .hasMessageContaining("2 layers has no 3 stages");
        assertThatThrownBy(() -> new PipeDream(-1)).hasMessageContaining("activations");
        assertThat(Stages.of(Designs.layers(5).blocks(), 2).ends()).containsExactly(2, 5);
    }
}
