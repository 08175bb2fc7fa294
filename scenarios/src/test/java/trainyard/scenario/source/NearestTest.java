package trainyard.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> WORDS = List.of("parallel", "pipeline", "precision");

    @Test
    void aSlipOfTheFingerFindsItsWord() {
        assertThat(Nearest.of("paralel", WORDS)).contains("parallel");
        assertThat(Nearest.of("pipelnie", WORDS)).contains("pipeline");
        assertThat(Nearest.of("Pre_cision", WORDS)).contains("precision");
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(Nearest.of("zebra", WORDS)).isEmpty();
        assertThat(Nearest.of("p".repeat(100_000), WORDS)).isEmpty();
    }

    @Test
    void aSwapIsOneEdit() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }
}
