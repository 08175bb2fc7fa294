package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.answer.Answer;

/** Models of images, which have tokens of their own number or none. */
class ImagesStudyTest {

    private static StudyResult run(String model, String length) {
        return TestStudies.run("""
                trainyard: 1
                name: images
                cluster: {nodes: 1, node: {preset: dgx-a100}}
                job:
                  model: {preset: %s}
                  precision: fp16
                  batch: {global: 64 sequences, micro: 8 sequences%s}
                """.formatted(model, length));
    }

    @Test
    void imagesWithoutTokensAreCountedAlone() {
        StudyResult result = run("resnet-50", "");
        double step = TestStudies.value(result, "step-time");

        assertThat(TestStudies.value(result, "images-per-second")).isCloseTo(64 / step, within(1e-6));
        assertThat(result.cells().get(0).mean(TestStudies.metric(result, "throughput")))
                .isEmpty();
        assertThat(Answer.of(result).besides().get(0)).startsWith("throughput ").endsWith(" images/s");
    }

    @Test
    void patchesAreTokens() {
        StudyResult result = run("vit-b-16", "");
        double images = TestStudies.value(result, "images-per-second");

        assertThat(TestStudies.value(result, "throughput")).isCloseTo(197 * images, within(1e-6 * images));
    }

    /** A length that is the model's own contradicts nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet-50", "vit-b-16"})
    void theLengthOfTheModelItselfMayBeWritten(String model) {
        String own = model.equals("resnet-50") ? "1 token" : "197 tokens";

        assertThat(TestStudies.value(run(model, ", sequence-length: " + own), "step-time"))
                .isEqualTo(TestStudies.value(run(model, ""), "step-time"));
    }
}
