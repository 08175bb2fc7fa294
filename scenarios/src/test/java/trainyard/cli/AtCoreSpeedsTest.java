package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.training.clock.CoreSpeeds;

class AtCoreSpeedsTest {

    /** Gradients at speeds 1 and 0.5 took 1 + 2 of what 2 would have: 2 / 3. Differences of -20, -10 and +5 %: two within 15 %. */
    @Test
    void eachRunHasALineAndAllOfThemOne() {
        List<List<Double>> rings = List.of(List.of(1.0), List.of(1.0));
        CoreSpeeds cores = new CoreSpeeds(List.of(List.of(1.0, 0.5), List.of(0.8)), rings);
        assertThat(AtCoreSpeeds.lines(List.of(
                        AtCoreSpeeds.of(2e-3, 1.6e-3, cores),
                        AtCoreSpeeds.of(2e-3, 1.8e-3, cores),
                        AtCoreSpeeds.of(2e-3, 2.1e-3, cores))))
                .containsExactly(
                        "run 1: 2 ms measured; cores at 0.67 and 0.80 of their quiet speed, simulated at that 1.6 ms, -20.0 %",
                        "run 2: 2 ms measured; cores at 0.67 and 0.80 of their quiet speed, simulated at that 1.8 ms, -10.0 %",
                        "run 3: 2 ms measured; cores at 0.67 and 0.80 of their quiet speed, simulated at that 2.1 ms, +5.0 %",
                        "at the speeds of the cores 2 of 3 runs are simulated within 15 %; the median of the differences is"
                                + " -10.0 %");
    }
}
