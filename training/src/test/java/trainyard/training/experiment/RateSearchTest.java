package trainyard.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches over stated times to the target. */
class RateSearchTest {

    private static RateSearch.Runs runs(double bestRate, double horizon) {
        return (rate, enough) -> {
            double seconds = 10 * Math.pow(Math.log(rate / bestRate), 2) + 5;
            boolean reached = seconds <= Math.min(horizon, enough);
            return new Trial(rate, reached ? seconds : horizon, 1);
        };
    }

    @Test
    void theGridGrowsUntilItsBestIsNotAtAnEnd() {
        for (double best : List.of(0.001, 0.3, 40.0)) {
            RateSearch found = RateSearch.of(0.1, 0.8, runs(best, 1000));
            assertThat(found.isInside()).isTrue();
            assertThat(found.best().rate() / best).isBetween(Math.pow(2, -0.25), Math.pow(2, 0.25));
            assertThat(found.trials().get(0).rate()).isLessThan(best);
            assertThat(found.trials().get(found.trials().size() - 1).rate()).isGreaterThan(best);
        }
    }

    /** The longer the rate the sooner, without end: nothing is ranked by that. */
    @Test
    void aBestRateAtTheEndIsTold() {
        RateSearch found = RateSearch.of(0.1, 0.8, (rate, enough) -> new Trial(rate, 1 / rate, 1));
        assertThat(found.isInside()).isFalse();
        assertThat(found.best().rate())
                .isEqualTo(found.trials().get(found.trials().size() - 1).rate());
        // 0.1 to 0.8, and sixteen more.
        assertThat(found.trials()).hasSize(4 + 16);
    }

    /** Sixteen factors of 2 down where the best lies there, and fifteen up to where it is still within. */
    @Test
    void eachEndGrowsByItself() {
        RateSearch down = RateSearch.of(1, 1, (rate, enough) -> new Trial(rate, rate, 1));
        assertThat(down.isInside()).isFalse();
        assertThat(down.trials().get(0).rate()).isEqualTo(Math.pow(2, -16));
        RateSearch inside = RateSearch.of(1, 1, runs(Math.pow(2, 15), 1e9));
        assertThat(inside.isInside()).isTrue();
    }

    /** Where no run gets there the lower loss decides, and divergence is the worst. */
    @Test
    void withoutTheTargetTheLossDecides() {
        RateSearch found = RateSearch.of(
                0.1, 0.8, (rate, enough) -> new Trial(rate, 60, rate > 0.5 ? Double.POSITIVE_INFINITY : 1 / rate));
        assertThat(found.best().rate()).isEqualTo(0.4);
        assertThatThrownBy(() -> RateSearch.of(1, 0.5, runs(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rates from 1.0 to 0.5");
    }
}
