package trainyard.scenario.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;

/** Families that are read from the configurations of published models, by their number of parameters and their layers. */
class PublishedModelsTest {

    private static TransformerModel read(String name) {
        String file = name + ".json";
        try (InputStream in = PublishedModelsTest.class.getResourceAsStream("/trainyard/huggingface/" + file)) {
            return (TransformerModel) HuggingFaceConfig.read(SourceReader.stream(file, in));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Parameters, counted by hand from the weights that each family has in transformers 4.57 (modeling_*.py); of Llama 4 and
     * Gemma 3 4B without what reads images. What is not counted are biases of the
     * head and of the output of attention (Phi), gates of the shared expert (Qwen), and norms of queries and keys over all heads
     * (OLMo 2, OLMoE); counted and not there are norms that OLMo has without parameters and that Falcon 7B, Command R and
     * Phi-2 share between the two parts. All these are below 2e-4 of the parameters.
     */
    @ParameterizedTest
    @CsvSource({
        "llama-4-scout, 107769861120, 1e-6",
        "llama-4-maverick, 400711848960, 0",
        "gemma-3-1b, 999885952, 0",
        "gemma-3-4b, 3880263168, 0",
        "falcon-7b, 6921720704, 1e-4",
        "falcon-40b, 41303293952, 0",
        "qwen1.5-moe-a2.7b, 14315784192, 1e-5",
        "phi-3-mini, 3821079552, 0",
        "phi-3.5-moe, 41873153344, 1e-5",
        "phi-2, 2779683840, 1e-4",
        "starcoder2-3b, 3030371328, 0",
        "olmo-7b, 6888095744, 1e-4",
        "olmo2-7b, 7298617344, 1e-4",
        "olmoe-1b-7b, 6919161856, 1e-4",
        "command-r, 34980831232, 1e-4",
        "command-r7b, 8028033024, 1e-4",
        "granite-3.1-8b, 8170848256, 0",
        "opt-6.7b, 6658473984, 0",
        "deepseek-v2-lite, 15706484224, 1e-5",
    })
    void hasThePublishedNumberOfParameters(String name, double parameters, double relative) {
        assertThat(read(name).parameters()).isCloseTo(parameters, within(relative * parameters));
    }

    /** Every second layer of Maverick has experts, of Scout every one; every fourth sees all tokens. */
    @Test
    void layersOfLlama4TakeTurns() {
        TransformerModel maverick = read("llama-4-maverick");
        TransformerModel scout = read("llama-4-scout");

        assertThat(maverick.blocks().get(0).mlp()).isEqualTo(new DenseMlp(16_384, true));
        assertThat(maverick.blocks().get(1).mlp())
                .isEqualTo(MixtureOfExperts.of(128, 1, 8192).withShared(8192));
        assertThat(scout.blocks()).extracting(Block::mlp).allMatch(MixtureOfExperts.class::isInstance);
        assertThat(windows(scout, 4)).containsExactly(8192, 8192, 8192, 0);
    }

    /** Five layers with a window, then one without (Gemma 3); three, then one (Command R7B). */
    @Test
    void windowsFollowThePattern() {
        assertThat(windows(read("gemma-3-4b"), 7)).containsExactly(1024, 1024, 1024, 1024, 1024, 0, 1024);
        assertThat(windows(read("command-r7b"), 5)).containsExactly(4096, 4096, 4096, 0, 4096);
    }

    /** transformers, Qwen2MoeDecoderLayer: layers of which the number from 1 the step does not divide have no experts. */
    @Test
    void theStepSaysWhichLayersHaveExperts() {
        TransformerModel model = (TransformerModel) HuggingFaceConfig.read(new SourceText(
                "config.json",
                "{\"model_type\": \"qwen2_moe\", \"hidden_size\": 64, \"num_hidden_layers\": 4, \"vocab_size\": 100,"
                        + "\"num_attention_heads\": 16, \"intermediate_size\": 96, \"decoder_sparse_step\": 2}"));

        assertThat(model.blocks())
                .extracting(block -> block.mlp() instanceof MixtureOfExperts)
                .containsExactly(false, true, false, true);
    }

    @Test
    void aMistakeInThePartOfTheTextStandsInItsLine() {
        SourceText wrong = new SourceText(
                "config.json", "{\"model_type\": \"llama4\", \"text_config\": {\n  \"model_type\": \"lama4_text\"}}");
        try {
            HuggingFaceConfig.read(wrong);
        } catch (ScenarioException refused) {
            assertThat(refused.problems().get(0).position().orElseThrow().label())
                    .isEqualTo("config.json:2:17");
            assertThat(refused.problems().get(0).hint()).contains("llama4_text");
            return;
        }
        throw new AssertionError("read");
    }

    private static int[] windows(TransformerModel model, int layers) {
        return IntStream.range(0, layers)
                .map(layer -> ((GroupedQueryAttention) model.blocks().get(layer).attention()).window())
                .toArray();
    }
}
