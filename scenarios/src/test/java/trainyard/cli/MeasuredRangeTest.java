package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.training.recording.RecordedGradient;
import trainyard.training.recording.RecordedRun;

class MeasuredRangeTest {

    private static MeasuredRange of(double... millis) {
        List<RecordedRun> runs = Arrays.stream(millis)
                .mapToObj(time -> new RecordedRun(
                        "sync",
                        1,
                        8,
                        0,
                        "here",
                        1,
                        List.of(new RecordedGradient(
                                1, 0, time / 1000, 0, 0, Optional.empty(), OptionalDouble.empty()))))
                .toList();
        return MeasuredRange.of(runs);
    }

    @Test
    void severalRunsAreARangeAndTheirMedian() {
        assertThat(of(2.5, 1.7, 3).beside(2e-3))
                .isEqualTo("an update took 2.5 ms in the median of 3 runs, from 1.7 ms to 3 ms; simulated 2 ms, in that"
                        + " range, -20.0 % against the median");
        assertThat(of(2, 3).beside(1e-3)).endsWith("simulated 1 ms, below that range, -60.0 % against the median");
        assertThat(of(2, 3).beside(5e-3)).endsWith("simulated 5 ms, above that range, +100.0 % against the median");
    }

    @Test
    void oneRunHasNoRange() {
        assertThat(of(2).beside(2.1e-3)).isEqualTo("an update took 2 ms; simulated 2.1 ms, +5.0 % against it");
        assertThat(of(2).beside(Double.NaN)).isEqualTo("an update took 2 ms");
    }
}
