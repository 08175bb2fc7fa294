package trainyard.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingOutcome;

/** Local SGD, post-local SGD, and DiLoCo. */
class LocalStepsTest {
    private static final UpdateRule SYNCHRONOUS = new Synchronous(Exchange.ALL_REDUCE);

    /** Two workers take three steps of 0.1 each before they meet; without noise they agree. */
    @Test
    void localStepsAreTakenBetweenAverages() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new LocalSgd(3), 2, ComputeLaw.fixed(1), Limits.ofUpdates(2)));
        assertThat(outcome.parameters()[0]).isCloseTo(Math.pow(0.9, 6), within(1e-12));
        assertThat(outcome.ledger().examples()).isEqualTo(12);
        // One all-reduce of two workers sends 2 (2 - 1) times 4 bytes.
        assertThat(outcome.sentBytes()).isEqualTo(2 * 8);
    }

    /** Bowls of curvature c around m pull the average to sum (1 - q) m / sum (1 - q) with q = (1 - r c)^H. */
    @Test
    void unevenWorkersDriftToTheKnownPoint() {
        double q1 = Math.pow(0.9, 4);
        double q2 = Math.pow(0.7, 4);
        TrainingOutcome outcome =
                Designs.play(Designs.of(new LocalSgd(4), 2, EXPONENTIAL, Limits.ofUpdates(200)), Designs.uneven());
        assertThat(outcome.parameters()[0]).isCloseTo((1 - q2) / (2 - q1 - q2), within(1e-12));
        TrainingOutcome together =
                Designs.play(Designs.of(SYNCHRONOUS, 2, EXPONENTIAL, Limits.ofUpdates(800)), Designs.uneven());
        assertThat(together.parameters()[0]).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void oneLocalStepIsSynchronous() {
        for (Optimizer optimizer : new Optimizer[] {Sgd.PLAIN, new Sgd(0.9, true, 0)}) {
            TrainingDesign design =
                    Designs.with(Designs.of(SYNCHRONOUS, 4, EXPONENTIAL, Limits.ofUpdates(50)), optimizer);
            TrainingOutcome together = Designs.play(design, Designs.noisy());
            TrainingOutcome local = Designs.play(Designs.with(design, new LocalSgd(1)), Designs.noisy());
            assertThat(local.parameters()).containsExactly(together.parameters(), within(1e-12));
            assertThat(local.seconds()).isEqualTo(together.seconds());
            assertThat(local.sentBytes()).isEqualTo(together.sentBytes());
        }
    }

    @Test
    void postLocalIsOneOfBothSides() {
        TrainingDesign design = Designs.of(new LocalSgd(5), 3, EXPONENTIAL, Limits.ofUpdates(20));
        TrainingOutcome local = Designs.play(design, Designs.noisy());
        TrainingOutcome from = Designs.play(Designs.with(design, new PostLocalSgd(5, 0)), Designs.noisy());
        assertThat(from.parameters()).isEqualTo(local.parameters());
        TrainingOutcome single = Designs.play(Designs.with(design, new LocalSgd(1)), Designs.noisy());
        TrainingOutcome never =
                Designs.play(Designs.with(design, new PostLocalSgd(5, Long.MAX_VALUE)), Designs.noisy());
        assertThat(never.parameters()).isEqualTo(single.parameters());
        // 9 examples in three rounds of one step, then 15 a round.
        TrainingOutcome both = Designs.play(Designs.with(design, new PostLocalSgd(5, 9)), Designs.noisy());
        assertThat(both.ledger().examples()).isEqualTo(9 + 17 * 15);
    }

    /** Outer steps by hand: v = 0.1, w = 1 - 0.7 (0.1 + 0.09); v = 0.09 + 0.0867, w = 0.867 - 0.7 (0.0867 + 0.9 v). */
    @Test
    void outerNesterovGivesTheRecursion() {
        TrainingDesign design = Designs.of(DiLoCo.of(1), 2, ComputeLaw.fixed(1), Limits.ofUpdates(2));
        assertThat(Designs.play(design).parameters()[0]).isCloseTo(0.694989, within(1e-12));
    }

    @Test
    void plainOuterStepIsLocalSgd() {
        TrainingDesign design = Designs.of(new LocalSgd(7), 4, EXPONENTIAL, Limits.ofUpdates(20));
        TrainingOutcome local = Designs.play(design, Designs.noisy());
        TrainingOutcome plain = Designs.play(Designs.with(design, new DiLoCo(7, 1, 0)), Designs.noisy());
        // The mean of equal replicas differs from them by rounding.
        assertThat(plain.parameters()).containsExactly(local.parameters(), within(1e-12));
    }

    /** Where a message takes long, a rule that sends every tenth step comes to the target first. */
    @Test
    void fewMessagesWinOnSlowLinks() {
        TrainingNetwork slow = Designs.links(4);
        TrainingDesign design = Designs.with(
                Designs.of(SYNCHRONOUS, 4, EXPONENTIAL, Limits.ofUpdates(2000).until(1e-3)), slow);
        double together = Designs.play(design).seconds();
        double local = Designs.play(Designs.with(design, new LocalSgd(10))).seconds();
        double late =
                Designs.play(Designs.with(design, new PostLocalSgd(10, 40))).seconds();
        assertThat(local).isLessThan(together / 1.3);
        assertThat(late).isBetween(local, together);
    }

    /** Outer momentum makes more of small local steps. */
    @Test
    void outerMomentumNeedsFewerRounds() {
        TrainingDesign design = Designs.withRate(
                Designs.of(
                        new LocalSgd(5),
                        2,
                        ComputeLaw.fixed(1),
                        Limits.ofUpdates(2000).until(1e-3)),
                0.005);
        long local = Designs.play(design).ledger().updates();
        long outer = Designs.play(Designs.with(design, DiLoCo.of(5))).ledger().updates();
        assertThat(outer).isLessThan(local / 2);
    }

    @Test
    void badRulesAreRefused() {
        assertThatThrownBy(() -> new LocalSgd(0)).hasMessageContaining("local steps (0)");
        assertThatThrownBy(() -> new DiLoCo(5, 0.7, 1)).hasMessageContaining("outer momentum (1.0)");
        assertThatThrownBy(() -> new PostLocalSgd(5, -1)).hasMessageContaining("examples (-1)");
    }
}
