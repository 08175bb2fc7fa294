package trainyard.training.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SspThroughputTest {

    private static double throughput(int workers, int slack) {
        return SspThroughput.exponential(Collections.nCopies(workers, 1.0), slack);
    }

    /** A barrier of n equal workers takes the mean of the longest of n times: 1 + 1/2 + ... + 1/n. */
    @Test
    void withoutSlackAllWaitForTheLast() {
        assertThat(throughput(3, 0)).isCloseTo(3 / (1 + 1 / 2.0 + 1 / 3.0), within(1e-9));
        // Of rates 1, 2 and 3: 1 + 1/2 + 1/3 - 1/3 - 1/4 - 1/5 + 1/6.
        assertThat(SspThroughput.exponential(List.of(1.0, 2.0, 3.0), 0))
                .isCloseTo(3 / (1 + 1 / 2.0 - 1 / 4.0 - 1 / 5.0 + 1 / 6.0), within(1e-9));
    }

    /** 64 workers over 22 levels with one at least at the lowest: C(85, 21) - C(84, 20), some 10^19. */
    @Test
    void tooManyStatesAreRefusedAtOnce() {
        for (int slack : new int[] {3, 20, 1000}) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> throughput(64, slack))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("more than 300000 states of workers, rates and slack"));
        }
        List<Double> rates = Collections.nCopies(500, 1.0).stream().toList();
        assertThatThrownBy(() -> SspThroughput.exponential(rates, 2000)).hasMessageContaining("more than 300000");
    }
}
