package trainyard.parallel.model.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPresetsTest {

    /** Parameter counts as the sources in {@link ModelPresets} state them, in 10^9. */
    @ParameterizedTest
    @CsvSource({
        "gpt2-1.5b, 1.56, 0.02",
        "gpt3-125m, 0.125, 0.001",
        "gpt3-350m, 0.356, 0.001",
        "gpt3-760m, 0.760, 0.004",
        "gpt3-1.3b, 1.3, 0.02",
        "gpt3-2.7b, 2.7, 0.07",
        "gpt3-6.7b, 6.7, 0.2",
        "gpt3-13b, 13, 0.2",
        "gpt-22b, 22, 0.8",
        "gpt3-175b, 175, 1",
        "gpt-530b, 530, 2",
        "gpt-1t, 1008, 3",
        "gpt-1.7b, 1.7, 0.05",
        "gpt-3.6b, 3.6, 0.05",
        "gpt-7.5b, 7.5, 0.1",
        "gpt-18b, 18.4, 0.1",
        "gpt-39b, 39.1, 0.1",
        "gpt-76b, 76.1, 0.1",
        "gpt-145b, 145.6, 0.2",
        "gpt-310b, 310.1, 0.3",
        "bloom-176b, 176.25, 0.1",
        "llama2-7b, 6.74, 0.01",
        "llama2-13b, 13.02, 0.01",
        "llama2-70b, 68.98, 0.01",
        "llama3-8b, 8.03, 0.01",
        "llama3-70b, 70.55, 0.01",
        "llama3-405b, 405.85, 0.05"
    })
    void parameterCountsAreThePublishedOnes(String name, double billions, double tolerance) {
        assertThat(ModelPresets.named(name).parameters() / 1e9).isCloseTo(billions, within(tolerance));
    }

    @Test
    void anUnknownNameListsAll() {
        assertThatThrownBy(() -> ModelPresets.named("gpt5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpt3-175b");
    }
}
