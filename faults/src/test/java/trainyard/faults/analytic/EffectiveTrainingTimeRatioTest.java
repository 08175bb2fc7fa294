package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EffectiveTrainingTimeRatioTest {

    /** A failure each 1,000 s; starts of 100 s after 50 s in the queue, a checkpoint of 20 s each 400 s. */
    private static final EffectiveTrainingTimeRatio RATIO = new EffectiveTrainingTimeRatio(1e-3, 100, 400, 50, 20);

    /** 100 s and half of 400 s of each 1,000 s are lost; the queue adds a twentieth, and so do the checkpoints. */
    @Test
    void theFirstOrderIsThatCountedByHand() {
        assertThat(RATIO.firstOrder()).isCloseTo(0.7 / 1.1, within(1e-12));
    }

    /** W / (e^(R/M) (M + D) (e^((W + C)/M) - 1)). */
    @Test
    void theExactFormIsThatOfExponentialFailures() {
        assertThat(RATIO.exact()).isCloseTo(400 / (Math.exp(0.1) * 1050 * (Math.exp(0.42) - 1)), within(1e-12));
    }

    @Test
    void bothAgreeWhereFailuresAreRare() {
        EffectiveTrainingTimeRatio rare = new EffectiveTrainingTimeRatio(1e-8, 100, 400, 50, 20);

        assertThat(rare.firstOrder()).isCloseTo(rare.exact(), within(1e-6)).isCloseTo(1 / 1.05, within(1e-5));
    }
}
