package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.LatentAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Mlp;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.Positions;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** Mixtures of experts: which keys of their configurations say what. */
final class ExpertConfigs {

    private ExpertConfigs() {}

    static TransformerModel mixtral(ModelConfig config) {
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_local_experts", 8),
                config.size("num_experts_per_tok", 2),
                config.size("intermediate_size"));
        int window = config.window(0);
        return DecoderConfigs.of(
                config,
                DecoderConfigs.attention(config, 8, DecoderConfigs.SHARED_OUT).withWindow(window),
                mixture,
                false);
    }

    /**
     * {@code intermediate_size} is that of the layers without experts, of which the released models have none. Every layer
     * sees a window, or none, and has norms of queries and keys, whatever {@code use_qk_norm} says.
     */
    static TransformerModel qwen3(ModelConfig config) {
        config.look("use_qk_norm");
        Style style = DecoderConfigs.attentionBiases(config);
        int window = config.flag("use_sliding_window", false) ? config.window(DecoderConfigs.USUAL_WINDOW) : 0;
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_experts"), config.size("num_experts_per_tok"), config.size("moe_intermediate_size"));
        GroupedQueryAttention attention =
                DecoderConfigs.attention(config, 4, DecoderConfigs.SHARED_OUT).withQueryKeyNorm();
        return qwen(config, attention.withWindow(window), mixture).with(style);
    }

    /** An expert that sees every token, whose result a gate of {@code hidden_size} weights scales. */
    static TransformerModel qwen2(ModelConfig config) {
        boolean biases = config.flag("qkv_bias", true);
        int window = config.flag("use_sliding_window", false) ? config.window(DecoderConfigs.USUAL_WINDOW) : 0;
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("num_experts", 60),
                        config.size("num_experts_per_tok", 4),
                        config.size("moe_intermediate_size", 1408))
                .withShared(config.count("shared_expert_intermediate_size", 5632));
        GroupedQueryAttention attention = DecoderConfigs.attention(config, 16, DecoderConfigs.SHARED_OUT);
        return qwen(config, attention.withWindow(window), mixture)
                .with(biases ? Style.LLAMA.with(Biases.QKV) : Style.LLAMA);
    }

    /** Every {@code decoder_sparse_step}th layer has experts, unless {@code mlp_only_layers} names it. */
    private static TransformerModel qwen(ModelConfig config, GroupedQueryAttention attention, Mlp mixture) {
        config.look("intermediate_size");
        config.look("sliding_window");
        config.look("max_window_layers");
        int step = config.size("decoder_sparse_step", 1);
        Set<Integer> dense = config.layersOf("mlp_only_layers");
        TransformerModel model = DecoderConfigs.of(config, attention, mixture, false);
        if (step == 1 && dense.isEmpty()) {
            return model;
        }
        Block without = new Block(attention, new DenseMlp(config.size("intermediate_size"), true));
        List<Block> blocks = new ArrayList<>(model.blocks());
        for (int layer = 0; layer < blocks.size(); layer++) {
            if ((layer + 1) % step != 0 || dense.contains(layer)) {
                blocks.set(layer, without);
            }
        }
        return model.withBlocks(blocks);
    }

    /** Layer norms, and biases where {@code attention_bias} says so; that of the head is not counted. */
    static TransformerModel phi(ModelConfig config) {
        boolean biases = config.flag("attention_bias", false);
        config.look("lm_head_bias");
        config.look("input_jitter_noise");
        config.look("router_jitter_noise");
        int window = config.window(0);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_local_experts", 16),
                config.size("num_experts_per_tok", 2),
                config.size("intermediate_size"));
        return DecoderConfigs.of(
                        config,
                        DecoderConfigs.attention(config, 8, DecoderConfigs.SHARED_OUT)
                                .withWindow(window),
                        mixture,
                        false)
                .with(Style.LLAMA.with(NormKind.LAYER_NORM).with(Biases.of(biases, false)));
    }

    static TransformerModel deepSeek2(ModelConfig config) {
        return deepSeek(config, 2, 0, 0, 0);
    }

    static TransformerModel deepSeek3(ModelConfig config) {
        return deepSeek(config, 1, 3, 8, 4);
    }

    /**
     * Where experts lie in groups, a token goes to those of {@code topk_group} groups, one to a node.
     *
     * @param shared the library's default of {@code n_shared_experts}
     * @param dense that of {@code first_k_dense_replace}
     * @param groups that of {@code n_group}
     * @param topGroups that of {@code topk_group}
     */
    private static TransformerModel deepSeek(ModelConfig config, int shared, int dense, int groups, int topGroups) {
        config.require("moe_layer_freq", 1);
        config.requireOff("attention_bias");
        config.look("num_key_value_heads");
        config.look("qk_head_dim");
        config.look("head_dim");
        LatentAttention attention = new LatentAttention(
                config.size("num_attention_heads"),
                config.count("q_lora_rank", 1536),
                config.size("kv_lora_rank"),
                config.size("qk_rope_head_dim"),
                config.size("qk_nope_head_dim"),
                config.size("v_head_dim"));
        int expertFfn = config.size("moe_intermediate_size");
        int nodes = config.count("topk_group", topGroups);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("n_routed_experts"), config.size("num_experts_per_tok"), expertFfn)
                .withShared(expertFfn * config.count("n_shared_experts", shared))
                .withNodeLimit(config.count("n_group", groups) > 1 ? nodes : 0);
        return TransformerModel.of(
                        config.text("model_type", ""),
                        config.layers("num_hidden_layers"),
                        config.size("hidden_size"),
                        new Block(attention, mixture),
                        config.size("vocab_size"),
                        config.flag("tie_word_embeddings", false))
                .withFirstMlps(
                        config.count("first_k_dense_replace", dense),
                        new DenseMlp(config.size("intermediate_size"), true))
                .withPredictionLayers(config.count("num_nextn_predict_layers", 0));
    }

    static TransformerModel gptOss(ModelConfig config) {
        boolean old = config.has("experts_per_token") & !config.has("num_experts_per_tok");
        int topK = config.size(old ? "experts_per_token" : "num_experts_per_tok", 4);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("num_local_experts"), topK, config.size("intermediate_size"))
                .withLimits();
        int window = config.window(128);
        boolean biases = config.flag("attention_bias", true);
        TransformerModel model = DecoderConfigs.of(config, DecoderConfigs.attention(config, 8, 64), mixture, false);
        return DecoderConfigs.withAlternateWindows(config, model, window)
                .with(Positions.SCALED_ROTARY)
                .with(Style.LLAMA.with(Biases.of(biases, true)));
    }
}
