package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimTimeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000",
        "900, 900000000000",
        "50e-6, 50000",
        "1.1e-6, 1100",
        "0.3, 300000000",
        "1e-9, 1",
        "1e-10, 1",
        "1.5e-9, 2",
        "4665600, 4665600000000000"
    })
    void roundsUpToWholeNanoseconds(double seconds, long nanos) {
        assertThat(SimTime.nanos(seconds)).isEqualTo(nanos);
    }

    @Test
    void everyDecimalNanosecondIsItself() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong(1L << random.nextInt(1, 50));
            double seconds = BigDecimal.valueOf(nanos, 9).doubleValue();
            assertThat(SimTime.nanos(seconds)).isEqualTo(nanos);
        }
    }

    @Test
    void neverEarlyAndLessThanANanosecondLate() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100_000; i++) {
            double seconds = random.nextDouble() * 1000;
            double late = SimTime.nanos(seconds) - seconds * 1e9;
            assertThat(late).isBetween(-Math.ulp(1e12), 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, 1e10})
    void refusesWhatIsNoDuration(double seconds) {
        assertThatThrownBy(() -> SimTime.nanos(seconds)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void backToSeconds() {
        assertThat(SimTime.seconds(1_500_000_000)).isEqualTo(1.5);
    }
}
