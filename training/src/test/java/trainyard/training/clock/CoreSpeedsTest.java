package trainyard.training.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

class CoreSpeedsTest {

    private static final CoreSpeeds SPEEDS =
            new CoreSpeeds(List.of(List.of(1.0, 0.5), List.of(0.8)), List.of(List.of(0.25, 1.0), List.of(0.5)));

    /** Gradients of 3 ms: the first of worker 0 takes 3, all later ones 3 / 0.5 = 6; each of worker 1 takes 3 / 0.8 = 3.75. */
    @Test
    void eachGradientTakesAsMuchLongerAsItsCoreWasSlow() {
        ComputeLaw law = ComputeLaw.of(new LogNormal(3e-3, 0.3)).withCores(SPEEDS);
        ComputeTimes times = new ComputeTimes(law, 2, new RandomStreams(1, 0));
        assertThat(times.ring(0)).isEqualTo(4);
        assertThat(List.of(times.next(0, 0), times.next(0, 1), times.next(0, 2)))
                .containsExactly(3e-3, 6e-3, 6e-3);
        assertThat(times.next(1, 0)).isEqualTo(3e-3 * 1.25);
        assertThat(times.core(0)).isEqualTo(2);
        assertThat(times.core(1)).isEqualTo(1.25);
        assertThat(times.ring(0)).isEqualTo(1);
        assertThat(times.ring(1)).isEqualTo(2);
    }

    @Test
    void coresWithoutSpeedsAreAsFastAsTheLaw() {
        ComputeTimes times = new ComputeTimes(ComputeLaw.fixed(2), 1, new RandomStreams(1, 0));
        assertThat(times.next(0, 0)).isEqualTo(2);
        assertThat(times.core(0)).isEqualTo(1);
        assertThat(times.ring(0)).isEqualTo(1);
    }

    @Test
    void speedsThatCannotBeAreRefused() {
        List<List<Double>> good = List.of(List.of(1.0));
        for (List<List<Double>> bad :
                List.of(List.of(List.of(0.0)), List.of(List.of(Double.NaN)), List.of(List.<Double>of()))) {
            assertThatThrownBy(() -> new CoreSpeeds(bad, good)).hasMessageContaining("above 0");
            assertThatThrownBy(() -> new CoreSpeeds(good, bad)).hasMessageContaining("above 0");
        }
        assertThatThrownBy(() -> new CoreSpeeds(List.of(List.of(1.0), List.of(1.0)), good))
                .hasMessageContaining("2 workers that compute, 1 in rings");
    }
}
