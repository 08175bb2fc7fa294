package trainyard.training.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.Problem;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

class AdaSyncTest {

    /**
     * Each update takes a second and leaves 0.9^u; K is 1 / 0.9^u upwards: 1 gradient in the first update, 2 in the next six, 3 in
     * the next four, and 4 then.
     */
    @Test
    void moreGradientsAsTheLossFalls() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new AdaSync(1, 1), 4, ComputeLaw.of(new Fixed(1)), Limits.ofUpdates(12)));
        assertThat(Arrays.stream(outcome.ledger().applied()).sum()).isEqualTo(1 + 6 * 2 + 4 * 3 + 4);
    }

    /** Few gradients first and many then: sooner at a low noise than with all from the start; with one it is never there. */
    @Test
    void fewGradientsFirstWin() {
        Problem noisy = new NoisyQuadratic(List.of(NoisyQuadratic.Bowl.of(1)), 1, new double[] {30}, Designs.STREAMS);
        TrainingDesign design = Designs.of(
                new KSync(16), 16, EXPONENTIAL, Limits.ofUpdates(5000).until(1e-5));
        double all = Designs.play(design, noisy).seconds();
        double growing =
                Designs.play(Designs.with(design, new AdaSync(1, 0.5)), noisy).seconds();
        assertThat(growing).isLessThan(0.9 * all);
    }

    @Test
    void badLooksAreRefused() {
        assertThatThrownBy(() -> new AdaSync(1, 0)).hasMessageContaining("looks");
        assertThatThrownBy(() -> Designs.play(Designs.of(new AdaSync(3, 1), 2, EXPONENTIAL, Limits.ofUpdates(1))))
                .hasMessageContaining("adasync of 3");
    }
}
