package trainyard.scenario.importing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trainyard.parallel.model.Model;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

/**
 * Reads the {@code config.json} that the Hugging Face library {@code transformers} keeps beside a model. What {@code
 * model_type} says decides which keys count; a key that is left out has the default that the library has for that kind
 * of model (transformers 4.57, configuration_*.py), or is asked for where no released model goes without it. A new kind of
 * model is one more entry of the table and one more method that reads its keys.
 */
public final class HuggingFaceConfig {

    private static final Map<String, Function<ModelConfig, Model>> KINDS = kinds();

    private static final String TYPE = "model_type";

    /** Where models of text and images keep the language model. */
    public static final String TEXT = "text_config";

    /**
     * A model and where it comes from.
     *
     * @param model the model
     * @param keys the keys that were looked at
     * @param assumed the defaults of the library that stand for keys that the file leaves out, in the order of reading
     */
    public record Reading(Model model, Set<String> keys, Map<String, String> assumed) {

        public Reading {
            keys = Set.copyOf(keys);
            assumed = Collections.unmodifiableMap(new LinkedHashMap<>(assumed));
        }
    }

    private HuggingFaceConfig() {}

    /**
     * The keys of the language model: those of {@code text_config}, where a model of text and images holds them apart. The kind and
     * whether embeddings are tied may be said outside alone; what is said within counts (transformers 4.57, tie_weights).
     */
    public static Node.Mapping languagePart(Node.Mapping config) {
        Optional<Node> text = config.find(TEXT);
        if (text.isEmpty() || !(text.get() instanceof Node.Mapping inner)) {
            return config;
        }
        Map<String, Node.Entry> keys = new LinkedHashMap<>(inner.entries());
        Node.Entry type = config.entries().get(TYPE);
        Node.Entry tied = config.entries().get("tie_word_embeddings");
        if (type != null) {
            keys.putIfAbsent(TYPE, type);
        }
        if (tied != null) {
            keys.putIfAbsent("tie_word_embeddings", tied);
        }
        return new Node.Mapping(keys, inner.position());
    }

    private static Map<String, Function<ModelConfig, Model>> kinds() {
        Map<String, Function<ModelConfig, Model>> kinds = new LinkedHashMap<>();
        kinds.put("llama", DecoderConfigs::llama);
        kinds.put("mistral", DecoderConfigs::mistral);
        kinds.put("qwen2", DecoderConfigs::qwen2);
        kinds.put("qwen3", DecoderConfigs::qwen3);
        kinds.put("phi3", DecoderConfigs::phi3);
        kinds.put("gemma", DecoderConfigs::gemma);
        kinds.put("gemma2", DecoderConfigs::gemma2);
        kinds.put("gemma3_text", Gemma3Config::read);
        kinds.put("gemma3", Gemma3Config::read);
        kinds.put("llama4_text", Llama4Config::read);
        kinds.put("llama4", Llama4Config::read);
        kinds.put("falcon", FalconConfig::read);
        kinds.put("starcoder2", StarCoder2Config::read);
        kinds.put("granite", DecoderConfigs::granite);
        kinds.put("cohere", CohereConfigs::cohere);
        kinds.put("cohere2", CohereConfigs::cohere2);
        kinds.put("olmo", OlmoConfigs::olmo);
        kinds.put("olmo2", OlmoConfigs::olmo2);
        kinds.put("olmo3", OlmoConfigs::olmo3);
        kinds.put("olmoe", OlmoConfigs::olmoe);
        kinds.put("phi", DecoderConfigs::phi);
        kinds.put("phimoe", ExpertConfigs::phi);
        kinds.put("qwen2_moe", ExpertConfigs::qwen2);
        kinds.put("gpt2", DecoderConfigs::gpt2);
        kinds.put("gpt_neox", DecoderConfigs::gptNeoX);
        kinds.put("bloom", DecoderConfigs::bloom);
        kinds.put("opt", DecoderConfigs::opt);
        kinds.put("mixtral", ExpertConfigs::mixtral);
        kinds.put("qwen3_moe", ExpertConfigs::qwen3);
        kinds.put("deepseek_v2", ExpertConfigs::deepSeek2);
        kinds.put("deepseek_v3", ExpertConfigs::deepSeek3);
        kinds.put("kimi_k2", ExpertConfigs::deepSeek3);
        kinds.put("gpt_oss", ExpertConfigs::gptOss);
        kinds.put("gptj", GptConfigs::gptJ);
        kinds.put("gpt_bigcode", GptConfigs::bigCode);
        kinds.put("mpt", MosaicConfigs::mpt);
        kinds.put("dbrx", MosaicConfigs::dbrx);
        kinds.put("glm", GlmConfigs::glm);
        kinds.put("glm4", GlmConfigs::glm4);
        kinds.put("glm4_moe", GlmConfigs::mixture);
        kinds.put("ernie4_5", ErnieConfigs::dense);
        kinds.put("ernie4_5_moe", ErnieConfigs::mixture);
        kinds.put("hunyuan_v1_dense", HunyuanConfigs::dense);
        kinds.put("hunyuan_v1_moe", HunyuanConfigs::mixture);
        kinds.put("granitemoe", LlamaLikeConfigs::graniteMoe);
        kinds.put("granitemoeshared", LlamaLikeConfigs::graniteMoeShared);
        kinds.put("minimax_m2", LlamaLikeConfigs::miniMax2);
        kinds.put("smollm3", LlamaLikeConfigs::smolLm3);
        kinds.put("seed_oss", LlamaLikeConfigs::seedOss);
        kinds.put("exaone4", LlamaLikeConfigs::exaone4);
        kinds.put("apertus", LlamaLikeConfigs::apertus);
        kinds.put("arcee", LlamaLikeConfigs::arcee);
        kinds.put("nemotron", LlamaLikeConfigs::nemotron);
        kinds.put("stablelm", LlamaLikeConfigs::stableLm);
        kinds.put("qwen3_vl_text", DecoderConfigs::qwen3);
        kinds.put("qwen3_vl_moe_text", ExpertConfigs::qwen3);
        kinds.put("bert", EncoderConfigs::bert);
        kinds.put("t5", EncoderConfigs::t5);
        kinds.put("mt5", EncoderConfigs::t5);
        return kinds;
    }

    /**
     * The model of a configuration.
     *
     * @throws ScenarioException if it is no mapping, of a kind that is not known, lacks a key, holds a key that may matter
     *     and is not understood, or contradicts itself; with file, line and column
     */
    public static Model read(SourceText source) {
        return reading(source).model();
    }

    /**
     * The same, with the keys that count for its kind of model; all others change neither shape nor cost.
     *
     * @throws ScenarioException as {@link #read}
     */
    public static Reading reading(SourceText source) {
        Node.Mapping keys = languagePart(YamlReader.read(source));
        ModelConfig config = new ModelConfig(keys);
        String type = config.text(TYPE, "");
        Function<ModelConfig, Model> kind = KINDS.get(type);
        if (kind == null && RefusedKinds.REASONS.containsKey(type)) {
            throw new ScenarioException(Problem.at(
                    keys.find(TYPE).orElse(keys).position(),
                    Problem.Kind.VALUE,
                    "model_type '" + type + "' cannot be priced: " + RefusedKinds.REASONS.get(type),
                    RefusedKinds.HINT));
        }
        if (kind == null) {
            Node at = keys.find(TYPE).orElse(keys);
            throw new ScenarioException(Problem.at(
                    at.position(),
                    Problem.Kind.VALUE,
                    type.isEmpty() ? "key 'model_type' is missing" : "unknown model_type '" + type + "'",
                    Nearest.hint(type, KINDS.keySet()),
                    "known: " + String.join(" ", KINDS.keySet())));
        }
        try {
            Model model = kind.apply(config);
            config.requireAllRead();
            return new Reading(model, config.lookedAt(), config.assumed());
        } catch (IllegalArgumentException contradiction) {
            throw new ScenarioException(Problem.at(
                    keys.position(), Problem.Kind.VALUE, contradiction.getMessage(), "change one of the two"));
        }
    }
}
