package trainyard.training.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FederatedQuadraticTest {

    /** Curvature 1, rate 0.1, two steps keep 0.81; from 2 a round leaves 1.62, a loss of 1.3122. */
    @Test
    void equalClientsWithoutNoiseFallByAPower() {
        FederatedQuadratic form = new FederatedQuadratic(List.of(1.0), 0.1, 2, 10, 3, 0, 0, 2);
        assertThat(form.loss(0)).isEqualTo(2);
        assertThat(form.loss(1)).isCloseTo(1.3122, within(1e-12));
        // 2 x 0.81^(2R) = 0.02: R = ln 0.01 / (2 ln 0.81) = 10.927
        assertThat(form.roundsTo(0.02)).hasValueCloseTo(Math.log(0.01) / (2 * Math.log(0.81)), within(1e-9));
        assertThat(form.roundsTo(3)).hasValue(0);
    }

    /** Steps at home save rounds in inverse proportion where clients are alike. */
    @Test
    void roundsAreInverseToSteps() {
        double one = new FederatedQuadratic(List.of(1.0), 0.1, 1, 10, 3, 0, 0, 2)
                .roundsTo(0.02)
                .orElseThrow();
        double ten = new FederatedQuadratic(List.of(1.0), 0.1, 10, 10, 3, 0, 0, 2)
                .roundsTo(0.02)
                .orElseThrow();
        assertThat(one / ten).isCloseTo(10, within(1e-6));
    }

    /**
     * One of two clients with a spread of 1 and a rate of 1, so that a round ends at the minimum of the client drawn: half of the
     * difference of the two away from their mean, squared 1/2 in the mean. The loss is that and what lies between the minima, 1/2.
     */
    @Test
    void whoIsDrawnMattersWhereClientsDiffer() {
        FederatedQuadratic one = new FederatedQuadratic(List.of(1.0), 1, 1, 2, 1, 1, 0, 5);
        assertThat(one.loss(1)).isCloseTo((0.5 + 0.5) / 2, within(1e-12));
        FederatedQuadratic both = new FederatedQuadratic(List.of(1.0), 1, 1, 2, 2, 1, 0, 5);
        assertThat(both.loss(1)).isCloseTo(0.5 / 2, within(1e-12));
        assertThat(one.roundsTo(0.3)).isEmpty();
        assertThat(both.roundsTo(0.3)).isPresent();
    }

    /** Noise of variance 2 in a step of rate 1 from anywhere: 2 over the three clients that are averaged. */
    @Test
    void noiseIsAveragedOverTheClientsDrawn() {
        FederatedQuadratic form = new FederatedQuadratic(List.of(1.0), 1, 1, 9, 3, 0, 2, 5);
        assertThat(form.loss(1)).isCloseTo(2.0 / 3 / 2, within(1e-12));
    }

    @Test
    void whatDivergesHasNoForm() {
        assertThatThrownBy(() -> new FederatedQuadratic(List.of(1.0, 20.0), 0.1, 1, 9, 3, 0, 0, 1))
                .hasMessageContaining("diverges at a curvature of 20");
        assertThatThrownBy(() -> new FederatedQuadratic(List.of(1.0), 0.1, 1, 3, 4, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
