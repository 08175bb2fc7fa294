package trainyard.scenario.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;

class HuggingFaceConfigTest {

    private static final String ON = ", \"use_sliding_window\": true";

    private static SourceText source(String name) {
        String file = name + ".json";
        try (InputStream in = HuggingFaceConfigTest.class.getResourceAsStream("/trainyard/huggingface/" + file)) {
            return SourceReader.stream(file, in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Model read(String text) {
        return HuggingFaceConfig.read(new SourceText("config.json", text));
    }

    private static Problem problem(String text) {
        try {
            read(text);
        } catch (ScenarioException wrong) {
            return wrong.problems().get(0);
        }
        throw new AssertionError("read without a problem: " + text);
    }

    /** Parameters of the released weights in 10^9 (the hub's model pages); DeepSeek-V3 with its prediction layer. */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 8.030, 0.001",
        "mistral-7b, 7.242, 0.001",
        "qwen2.5-7b, 7.616, 0.001",
        "qwen3-8b, 8.191, 0.001",
        "qwen3-30b-a3b, 30.532, 0.001",
        "mixtral-8x7b, 46.703, 0.001",
        "gpt-oss-20b, 20.915, 0.001",
        "gemma-2-9b, 9.242, 0.001",
        "gpt2, 0.12444, 0.00001",
        "gpt-neox-20b, 20.555, 0.001",
        "bert-large, 0.336226108, 1e-9",
        "t5-3b, 2.851598336, 1e-9",
        "mt5-xl, 3.742619648, 1e-9",
        "deepseek-v3, 682.5, 0.2"
    })
    void readsThePublishedSize(String name, double billions, double tolerance) {
        assertThat(HuggingFaceConfig.read(source(name)).parameters() / 1e9).isCloseTo(billions, within(tolerance));
    }

    /** What the file says is what the preset says. */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, llama3-8b",
        "mistral-7b, mistral-7b",
        "qwen2.5-7b, qwen2.5-7b",
        "qwen3-8b, qwen3-8b",
        "qwen3-30b-a3b, qwen3-30b-a3b",
        "mixtral-8x7b, mixtral-8x7b",
        "gpt-oss-20b, gpt-oss-20b",
        "gemma-2-9b, gemma2-9b"
    })
    void equalsThePreset(String name, String preset) {
        TransformerModel model = (TransformerModel) HuggingFaceConfig.read(source(name));

        assertThat(model.withName(preset)).isEqualTo(ModelPresets.named(preset));
    }

    @Test
    void readsDeepSeekWithItsPredictionLayer() {
        TransformerModel model = (TransformerModel) HuggingFaceConfig.read(source("deepseek-v3"));

        assertThat(model.withName("deepseek-v3").withPredictionLayers(0)).isEqualTo(ModelPresets.named("deepseek-v3"));
    }

    @Test
    void qwenWindowsBeginWhereTheFileSays() {
        String windowed = source("qwen2.5-7b")
                .text()
                .replace("\"use_sliding_window\": false", "\"use_sliding_window\": true")
                .replace("\"max_window_layers\": 28", "\"max_window_layers\": 20");
        TransformerModel model = (TransformerModel) read(windowed);

        assertThat(((GroupedQueryAttention) model.blocks().get(19).attention()).window())
                .isZero();
        assertThat(((GroupedQueryAttention) model.blocks().get(20).attention()).window())
                .isEqualTo(131_072);
    }

    /** Defaults of transformers 4.57, configuration_*.py; 4,096 over 64 heads are 64 where it has none. */
    @ParameterizedTest
    @CsvSource({
        "llama, 64, 64, 0",
        "mistral, 8, 64, 4096",
        "phi3, 64, 64, 0",
        "qwen2, 32, 64, 0",
        "qwen3, 32, 128, 0",
        "gemma, 16, 256, 0",
        "gemma2, 4, 256, 4096",
        "mixtral, 8, 64, 0",
        "qwen3_moe, 4, 64, 0",
        "gpt_oss, 8, 64, 128",
    })
    void keysThatAreLeftOutHaveTheDefaultOfTheKind(String type, int keyValueHeads, int headSize, int window) {
        HuggingFaceConfig.Reading reading = HuggingFaceConfig.reading(new SourceText("config.json", sizes(type, "")));
        GroupedQueryAttention attention = (GroupedQueryAttention)
                ((TransformerModel) reading.model()).blocks().get(0).attention();

        assertThat(attention.kvHeads()).isEqualTo(keyValueHeads);
        assertThat(attention.headSize()).isEqualTo(headSize);
        assertThat(attention.window()).isEqualTo(window);
        assertThat(reading.assumed())
                .containsEntry("num_key_value_heads", Integer.toString(keyValueHeads))
                .containsEntry("head_dim", Integer.toString(headSize));
        assertThat(reading.assumed().get("sliding_window")).isIn(Integer.toString(window), null);
    }

    /** transformers, Qwen2MoeDecoderLayer: layers of mlp_only_layers have an MLP of intermediate_size in place of experts. */
    @Test
    void layersOfQwenMixturesMayBeDense() {
        String text = source("qwen3-30b-a3b").text();
        TransformerModel model =
                (TransformerModel) read(text.replace("\"mlp_only_layers\": []", "\"mlp_only_layers\": [2, 0, 1]"));
        TransformerModel turns =
                (TransformerModel) read(text.replace("\"mlp_only_layers\": []", "\"mlp_only_layers\": [5, 7]"));

        assertThat(model.withName("qwen3-30b-a3b"))
                .isEqualTo(((TransformerModel) ModelPresets.named("qwen3-30b-a3b"))
                        .withFirstMlps(3, new DenseMlp(6144, true)));
        assertThat(turns.blocks().get(6)).isEqualTo(turns.blocks().get(0));
        assertThat(turns.blocks().get(7).mlp()).isEqualTo(new DenseMlp(6144, true));
    }

    /** transformers 4.57 writes the types of the layers into the file; they count before max_window_layers. */
    @Test
    void typesOfLayersSayWhichSeeAWindow() {
        String types = ", \"sliding_window\": 512, \"layer_types\": [\"full_attention\", \"sliding_attention\"]";
        for (String type : List.of("qwen2", "qwen3", "gemma2", "gpt_oss")) {
            TransformerModel model = (TransformerModel) read(sizes(type, types + ON));

            assertThat(((GroupedQueryAttention) model.blocks().get(0).attention()).window())
                    .as(type)
                    .isZero();
            assertThat(((GroupedQueryAttention) model.blocks().get(1).attention()).window())
                    .as(type)
                    .isEqualTo(512);
        }
        assertThat(problem(sizes("gemma2", types.replace("full_attention", "chunked_attention")))
                        .message())
                .isEqualTo("layers of type 'chunked_attention' are not understood");
        assertThat(problem(sizes("gemma2", types.replace("\"full_attention\", ", "")))
                        .message())
                .isEqualTo("'layer_types' has 1 layers, the model 2");
        assertThat(problem(sizes("llama", types)).message()).contains("key 'sliding_window' is not understood");
        assertThat(problem(sizes("qwen3_moe", types)).message()).contains("key 'layer_types' is not understood");
        assertThat(read(sizes("llama", ", \"layer_types\": [\"full_attention\", \"full_attention\"]")))
                .isEqualTo(read(sizes("llama", "")));
    }

    /** transformers, Qwen3MoeConfig: use_sliding_window is false unless stated, and then no layer sees a window. */
    @ParameterizedTest
    @CsvSource({
        "qwen3_moe, true, 512",
        "qwen3_moe, false, 0",
        "qwen3_moe, null, 0",
        "mistral, true, 512",
        "mistral, false, 0",
        "mixtral, false, 0",
        "phi3, false, 0",
        "phi3, null, 512",
        "gemma2, false, 0",
        "gpt_oss, false, 0",
    })
    void windowsMayBeSwitchedOff(String type, String used, int window) {
        TransformerModel model =
                (TransformerModel) read(sizes(type, ", \"sliding_window\": 512, \"use_sliding_window\": " + used));

        assertThat(((GroupedQueryAttention) model.blocks().get(0).attention()).window())
                .isEqualTo(window);
    }

    /** A key that is there already is not meant by another one. */
    @Test
    void onlyKeysThatAreNotThereAreSuggested() {
        String sizes = sizes("llama", ", \"vocab_sizes\": 512");

        assertThat(problem(sizes).message()).contains("'vocab_sizes' is not understood");
        assertThat(problem(sizes).hint()).doesNotContain("did you mean");
        assertThat(problem(sizes("mistral", ", \"sliding_windows\": 512")).hint())
                .contains("did you mean 'sliding_window'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 3]", "{\"layers\": 2}"})
    void valuesThatAreNoNumbersMayMatterToo(String value) {
        assertThat(problem(sizes("llama", ", \"memory_layout\": " + value)).message())
                .isEqualTo("key 'memory_layout' is not understood for this kind of model and may change it");
        assertThat(read(sizes("llama", ", \"memory_layout\": []")))
                .isEqualTo(read(sizes("llama", ", \"memory_layout\": {}")));
        assertThat(read(sizes("llama", ", \"hidden_act\": \"silu\", \"architectures\": [\"LlamaForCausalLM\"]")))
                .isEqualTo(read(sizes("llama", "")));
    }

    /** What other tools leave in the files of published models. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"transformers.js_config\": {\"dtype\": \"q4\"}",
                "\"compression_config\": {\"format\": \"dense\"}",
                "\"prefix\": \"</s>\"",
                "\"init_std\": 0.02",
                "\"unsloth_version\": \"2024.9\"",
                "\"is_llama_config\": true, \"rope_interleaved\": false"
            })
    void whatToolsLeaveChangesNothing(String key) {
        assertThat(read(sizes("llama", ", " + key))).isEqualTo(read(sizes("llama", "")));
    }

    /** What the files of BLOOM, Phi-4-mini and Qwen3-Coder hold beside what counts (the hub's config.json). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bloom | 'attention_softmax_in_fp32': true, 'masked_softmax_fusion': true, 'skip_bias_add': true",
                "phi3 | 'full_attn_mod': 1, 'interpolate_factor': 1, 'lm_head_bias': false",
                "qwen3_moe | 'use_qk_norm': true, 'qkv_bias': false, 'shared_expert_intermediate_size': 0",
            })
    void whatPublishedFilesHoldBesideChangesNothing(String type, String keys) {
        assertThat(read(sizes(type, ", " + keys.replace('\'', '"')))).isEqualTo(read(sizes(type, "")));
    }

    /** In Python, a key of None is not one that is left out. */
    @Test
    void nullIsNotTheDefault() {
        String nothing = ", \"num_key_value_heads\": null, \"head_dim\": null, \"sliding_window\": null";
        HuggingFaceConfig.Reading reading =
                HuggingFaceConfig.reading(new SourceText("config.json", sizes("mistral", nothing)));
        GroupedQueryAttention attention = (GroupedQueryAttention)
                ((TransformerModel) reading.model()).blocks().get(0).attention();

        assertThat(attention.kvHeads()).isEqualTo(64);
        assertThat(attention.headSize()).isEqualTo(64);
        assertThat(attention.window()).isZero();
        assertThat(reading.assumed()).doesNotContainKeys("num_key_value_heads", "head_dim", "sliding_window");
    }

    private static String sizes(String type, String more) {
        String experts = switch (type) {
            case "mixtral", "gpt_oss" -> ", \"num_local_experts\": 8";
            case "qwen3_moe" -> ", \"num_experts\": 8, \"num_experts_per_tok\": 2, \"moe_intermediate_size\": 512";
            default -> "";
        };
        return "{\"model_type\": \"" + type + "\", \"num_hidden_layers\": 2, \"hidden_size\": 4096,"
                + " \"num_attention_heads\": 64, \"vocab_size\": 32000"
                + (type.equals("bloom") ? "" : ", \"intermediate_size\": 8192")
                + experts + more + "}";
    }

    @Test
    void anUnknownKindNamesTheNearest() {
        Problem problem = problem("{\"model_type\": \"lama\"}");

        assertThat(problem.hint()).contains("llama");
        assertThat(problem.position().orElseThrow().label()).isEqualTo("config.json:1:16");
    }

    @Test
    void aKeyThatMayMatterIsAnErrorWhereItStands() {
        String text = source("llama-3.1-8b").text().replaceFirst("\\{", "{\n  \"num_memory_layers\": 4,");
        Problem problem = problem(text);

        assertThat(problem.message()).contains("num_memory_layers");
        assertThat(problem.position().orElseThrow().label()).isEqualTo("config.json:2:3");
    }

    @Test
    void missingAndWrongValuesAreNamed() {
        String text = source("llama-3.1-8b").text();

        assertThat(problem(text.replace("\"hidden_size\": 4096,", "")).message())
                .contains("'hidden_size' is missing");
        assertThat(problem(text.replace("\"hidden_size\": 4096", "\"hidden_size\": \"wide\""))
                        .message())
                .contains("not 'wide'");
        assertThat(problem(text.replace("\"num_key_value_heads\": 8", "\"num_key_value_heads\": 7"))
                        .message())
                .contains("not a multiple");
        assertThatThrownBy(() -> read("[]")).isInstanceOf(ScenarioException.class);
    }

    /** A thousand damaged files each end as a model or as a problem that says so, never as another exception. */
    @ParameterizedTest
    @ValueSource(strings = {"llama-3.1-8b", "deepseek-v3", "gpt2", "bert-large", "t5-3b", "gpt-oss-20b"})
    void damagedFilesEndInASentence(String name) {
        String text = source(name).text();
        Random random = new Random(name.hashCode());
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                assertThat(read(damaged(text, random)).parameters()).isPositive();
            } catch (ScenarioException wrong) {
                assertThat(wrong.problems()).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1000);
    }

    private static String damaged(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, "{}[]\",:0123456789-e".charAt(random.nextInt(18)));
                default -> changed.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return changed.toString();
    }
}
