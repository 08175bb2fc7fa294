package trainyard.scenario.importing;

import java.util.List;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.LatentAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
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
        int window = config.count("sliding_window", 0);
        return DecoderConfigs.of(config, DecoderConfigs.attention(config).withWindow(window), mixture, false);
    }

    /** {@code intermediate_size} is that of dense layers, of which the released models have none. */
    static TransformerModel qwen3(ModelConfig config) {
        config.require("decoder_sparse_step", 1);
        config.size("intermediate_size", 1);
        config.flag("attention_bias", false);
        config.count("sliding_window", 0);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_experts"), config.size("num_experts_per_tok"), config.size("moe_intermediate_size"));
        return DecoderConfigs.of(config, DecoderConfigs.attention(config).withQueryKeyNorm(), mixture, false);
    }

    /** Where experts lie in groups, a token goes to those of {@code topk_group} groups, one to a node. */
    static TransformerModel deepSeek(ModelConfig config) {
        config.require("moe_layer_freq", 1);
        config.flag("attention_bias", false);
        config.size("num_key_value_heads", 1);
        config.size("qk_head_dim", 1);
        config.size("head_dim", 1);
        LatentAttention attention = new LatentAttention(
                config.size("num_attention_heads"),
                config.count("q_lora_rank", 0),
                config.size("kv_lora_rank"),
                config.size("qk_rope_head_dim"),
                config.size("qk_nope_head_dim"),
                config.size("v_head_dim"));
        int expertFfn = config.size("moe_intermediate_size");
        int groups = config.count("topk_group", 0);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("n_routed_experts"), config.size("num_experts_per_tok"), expertFfn)
                .withShared(expertFfn * config.count("n_shared_experts", 0))
                .withNodeLimit(config.count("n_group", 0) > 1 ? groups : 0);
        return TransformerModel.of(
                        config.text("model_type", ""),
                        config.layers("num_hidden_layers"),
                        config.size("hidden_size"),
                        new Block(attention, mixture),
                        config.size("vocab_size"),
                        config.flag("tie_word_embeddings", false))
                .withFirstMlps(
                        config.count("first_k_dense_replace", 0), new DenseMlp(config.size("intermediate_size"), true))
                .withPredictionLayers(config.count("num_nextn_predict_layers", 0));
    }

    static TransformerModel gptOss(ModelConfig config) {
        int topK = config.size("num_experts_per_tok", config.size("experts_per_token", 4));
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("num_local_experts"), topK, config.size("intermediate_size"))
                .withLimits();
        int window = config.count("sliding_window", 128);
        List<String> types = config.texts("layer_types");
        boolean biases = config.flag("attention_bias", true);
        TransformerModel model = DecoderConfigs.of(config, DecoderConfigs.attention(config), mixture, false);
        return DecoderConfigs.withWindows(model, layer -> isWindowed(types, layer) ? window : 0)
                .with(biases ? Style.LLAMA.with(Biases.ALL) : Style.LLAMA);
    }

    private static boolean isWindowed(List<String> types, int layer) {
        return layer < types.size() ? types.get(layer).equals("sliding_attention") : layer % 2 == 0;
    }
}
