package trainyard.scenario.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.Style;
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
     * Parameters of the weights that each family has in transformers 4.57 (modeling_*.py); of Llama 4 and Gemma 3 4B without
     * what reads images. Not counted are biases of the head (Phi, GPT-J), gates of the shared expert (Qwen), norms of
     * embeddings (BLOOM) and parameters of the activation (Apertus), all below 2e-5 of the parameters. GLM-4.5 has
     * its prediction layer: the hub's 358,337,791,296 and 110,468,824,832 hold both tables a second time and an offset for each
     * expert, 160 x 90 and 128 x 46, which no gradient trains.
     */
    @ParameterizedTest
    @CsvSource({
        "llama-4-scout, 107769861120, 0",
        "llama-4-maverick, 400711848960, 0",
        "gemma-3-1b, 999885952, 0",
        "gemma-3-4b, 3880263168, 0",
        "falcon-7b, 6921720704, 0",
        "falcon-11b, 11102822400, 0",
        "falcon-40b, 41303293952, 0",
        "qwen1.5-moe-a2.7b, 14315784192, 1e-5",
        "phi-3-mini, 3821079552, 0",
        "phi-3.5-moe, 41873153344, 1e-6",
        "phi-2, 2779683840, 2e-5",
        "starcoder, 15517456384, 0",
        "starcoder2-3b, 3030371328, 0",
        "olmo-7b, 6888095744, 0",
        "olmo2-7b, 7298617344, 0",
        "olmoe-1b-7b, 6919161856, 0",
        "command-r, 34980831232, 0",
        "command-r7b, 8028033024, 0",
        "granite-3.1-8b, 8170848256, 0",
        "granite-3.1-3b-a800m, 3298793472, 0",
        "opt-6.7b, 6658473984, 0",
        "bloom-7b1, 7069016064, 2e-6",
        "gpt-j-6b, 6050882784, 1e-5",
        "mpt-7b, 6649286656, 0",
        "dbrx, 131596523520, 0",
        "deepseek-v2-lite, 15706484224, 0",
        "kimi-k2, 1026408209408, 1e-7",
        "glm-4-9b, 9400279040, 0",
        "hunyuan-7b, 7504568320, 0",
        "hunyuan-a13b, 80393183232, 0",
        "seed-oss-36b, 36151104512, 0",
        "smollm3-3b, 3075098624, 0",
        "stablelm-2-1.6b, 1644515328, 0",
        "apertus-8b, 8053338112, 1e-7",
        "exaone-4.0-32b, 32003216384, 0",
        "minitron-8b, 8271699968, 0",
        "ernie-4.5-21b-a3b, 21825436160, 0",
        "minimax-m2, 228689748992, 0",
        "glm-4.5, 356785884416, 0",
        "glm-4.5-air, 109227304960, 0",
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

    /** Norms, biases and whether attention and MLP stand beside each other (transformers 4.57, modeling_*.py). */
    @ParameterizedTest
    @CsvSource({
        "gpt-j-6b, LAYER_NORM, 1, MLP, true, NONE",
        "phi-2, LAYER_NORM, 1, ALL, true, NONE",
        "falcon-7b, LAYER_NORM, 1, NONE, true, NONE",
        "falcon-11b, LAYER_NORM, 1, NONE, true, NONE",
        "falcon-40b, LAYER_NORM, 2, NONE, true, NONE",
        "command-r, SCALED_LAYER_NORM, 1, NONE, true, NONE",
        "gpt-neox-20b, LAYER_NORM, 2, ALL, true, NONE",
        "stablelm-2-1.6b, LAYER_NORM, 2, QKV, false, NONE",
        "olmo-7b, PLAIN_LAYER_NORM, 2, NONE, false, NONE",
        "olmo2-7b, RMS_NORM, 2, NONE, false, ALL_HEADS",
        "minimax-m2, RMS_NORM, 2, NONE, false, ALL_HEADS",
        "gemma-3-4b, RMS_NORM, 4, NONE, false, EACH_HEAD",
        "glm-4-9b, RMS_NORM, 4, QKV, false, NONE",
        "glm-4.5, RMS_NORM, 2, QKV, false, EACH_HEAD",
        "llama-4-scout, RMS_NORM, 2, NONE, false, PLAIN",
        "phi-3.5-moe, LAYER_NORM, 2, ATTENTION, false, NONE",
        "gpt-oss-20b, RMS_NORM, 2, ALL, false, NONE",
        "seed-oss-36b, RMS_NORM, 2, QKV, false, NONE",
    })
    void hasNormsAndBiasesOfItsFamily(
            String name, NormKind norm, int norms, Biases biases, boolean parallel, QueryKeyNorm queryKeyNorm) {
        Style style = read(name).style();

        assertThat(style.norm()).isEqualTo(norm);
        assertThat(style.normsPerBlock()).isEqualTo(norms);
        assertThat(style.biases()).isEqualTo(biases);
        assertThat(style.parallelResidual()).isEqualTo(parallel);
        assertThat(((GroupedQueryAttention) read(name).blocks().get(0).attention()).queryKeyNorm())
                .isEqualTo(queryKeyNorm);
    }

    /** Kinds that transformers has and no cost model here is for are no slips of the pen. */
    @ParameterizedTest
    @CsvSource({"mamba, state spaces", "jamba, state spaces", "qwen3_next, linear attention", "gemma3n, streams"})
    void kindsWithoutACostModelAreRefusedWithTheReason(String type, String reason) {
        SourceText file = new SourceText("config.json", "{\"model_type\": \"" + type + "\", \"hidden_size\": 64}");

        assertThatThrownBy(() -> HuggingFaceConfig.read(file))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems().get(0).message())
                            .startsWith("model_type '" + type + "' cannot be priced: ")
                            .contains(reason);
                    assertThat(refused.problems().get(0).hint()).contains("--model");
                });
    }

    @Test
    void tablesWithinATableAreCheckedToo() {
        SourceText file = new SourceText(
                "config.json",
                "{\"model_type\": \"dbrx\", \"d_model\": 64, \"n_heads\": 4, \"n_layers\": 2, \"vocab_size\": 100,\n"
                        + " \"ffn_config\": {\"moe_num_expert\": 8}}");

        assertThatThrownBy(() -> HuggingFaceConfig.read(file))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems()
                                    .get(0)
                                    .position()
                                    .orElseThrow()
                                    .label())
                            .isEqualTo("config.json:2:17");
                    assertThat(refused.problems().get(0).hint()).contains("moe_num_experts");
                });
    }

    /** transformers 4.57, tie_weights: what the language model says counts before what the whole says. */
    @Test
    void theLanguageModelSaysWhetherItsTablesAreTied() {
        String sizes = "\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 1,"
                + "\"num_attention_heads\": 4, \"vocab_size\": 100, \"intermediate_size\": 96";
        SourceText apart = new SourceText(
                "config.json",
                "{\"tie_word_embeddings\": true, \"text_config\": {" + sizes + ", \"tie_word_embeddings\": false}}");
        SourceText outside =
                new SourceText("config.json", "{\"tie_word_embeddings\": true, \"text_config\": {" + sizes + "}}");

        assertThat(((TransformerModel) HuggingFaceConfig.read(apart))
                        .vocabulary()
                        .tied())
                .isFalse();
        assertThat(((TransformerModel) HuggingFaceConfig.read(outside))
                        .vocabulary()
                        .tied())
                .isTrue();
    }

    private static int[] windows(TransformerModel model, int layers) {
        return IntStream.range(0, layers)
                .map(layer -> ((GroupedQueryAttention) model.blocks().get(layer).attention()).window())
                .toArray();
    }
}
