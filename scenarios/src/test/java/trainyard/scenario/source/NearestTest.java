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
    void theSameLettersInAnotherOrderAreNear() {
        assertThat(Nearest.of("keueu", List.of("kueue", "fifo"))).contains("kueue");
    }

    @Test
    void aSlipInANameIsNoNameOfItsOwn() {
        assertThat(Nearest.slip("visoin", List.of("speech", "vision"))).contains("vision");
        assertThat(Nearest.slip("team-b", List.of("team-a"))).isEmpty();
        assertThat(Nearest.slip("team12", List.of("team1"))).isEmpty();
        assertThat(Nearest.slip("ops", List.of("opt"))).isEmpty();
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(Nearest.of("zebra", WORDS)).isEmpty();
        assertThat(Nearest.of("p".repeat(100_000), WORDS)).isEmpty();
    }

    @Test
    void aPartOfSeveralNamesFindsThem() {
        List<String> presets = List.of("llama3-8b", "llama3-70b", "gpt3-13b", "dgx-h100");

        assertThat(Nearest.hint("llama3", presets)).isEqualTo("did you mean 'llama3-70b' or 'llama3-8b'?");
        assertThat(Nearest.hint("h100", presets)).isEqualTo("did you mean 'dgx-h100'?");
        assertThat(Nearest.hint("ll", presets)).isEmpty();
        assertThat(Nearest.hint("a-x", List.of("a-x-1", "a-x-22", "a-x-333", "a-x-4444", "a-x-55555")))
                .isEqualTo("did you mean 'a-x-1', 'a-x-22', 'a-x-333', 'a-x-4444', or another with a-x in its name?");
    }

    @Test
    void aSwapIsOneEdit() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void findsTheNameThatALongerOneIsMadeOf() {
        assertThat(Nearest.part("zero-stage", List.of("zero", "stage-limit"))).contains("zero");
        assertThat(Nearest.part("num_layers", List.of("layers", "num"))).contains("layers");
        assertThat(Nearest.part("asynchronous", List.of("sync", "async"))).contains("async");
        assertThat(Nearest.part("micro-batch-size", List.of("micro", "micro-batch")))
                .contains("micro-batch");
        assertThat(Nearest.part("datum", List.of("dat", "um"))).isEmpty();
    }
}
