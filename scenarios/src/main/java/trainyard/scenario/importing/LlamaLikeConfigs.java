package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** Dense decoders of Llama's build that differ from it in norms, biases, gates or windows. */
final class LlamaLikeConfigs {

    private LlamaLikeConfigs() {}

    /** Layers without rotary positions see a window, where {@code layer_types} says so. */
    static TransformerModel smolLm3(ModelConfig config) {
        Style style = DecoderConfigs.biases(config);
        TransformerModel model = DecoderConfigs.gated(
                        config, DecoderConfigs.attention(config, 4, DecoderConfigs.SHARED_OUT), true)
                .with(style);
        if (!config.flag("use_sliding_window", false)) {
            config.look("sliding_window");
            config.look("max_window_layers");
            config.windowed(model.layerCount());
            return model;
        }
        return DecoderConfigs.withLateWindows(config, model);
    }

    /** Biases of queries, keys and values, and of the projection apart. */
    static TransformerModel seedOss(ModelConfig config) {
        boolean queries = config.flag("attention_bias", true);
        boolean projection = config.flag("attention_out_bias", false);
        boolean mlp = config.flag("mlp_bias", false);
        boolean dropout = config.isPositive("residual_dropout", true);
        Biases biases = queries && !projection && !mlp ? Biases.QKV : Biases.of(queries, mlp);
        return DecoderConfigs.gated(config, DecoderConfigs.attention(config, 8, 128), false)
                .with(Style.LLAMA.with(biases).withDropout(dropout));
    }

    /** Norms behind both parts, which cost what norms before them do; of four layers three see a window. */
    static TransformerModel exaone4(ModelConfig config) {
        int window = config.window(DecoderConfigs.USUAL_WINDOW);
        GroupedQueryAttention attention =
                DecoderConfigs.attention(config, 32, DecoderConfigs.SHARED_OUT).withQueryKeyNorm();
        TransformerModel model = DecoderConfigs.gated(config, attention, false);
        if (window == 0) {
            config.windowed(model.layerCount());
            config.look("sliding_window_pattern");
            return model;
        }
        return DecoderConfigs.withPatternOfWindows(config, model, window, 4);
    }

    /** No gate; the activation's two parameters a layer are not counted. */
    static TransformerModel apertus(ModelConfig config) {
        GroupedQueryAttention attention = DecoderConfigs.attention(
                        config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT)
                .withQueryKeyNorm();
        config.requireOff("mlp_bias");
        config.look("qk_norm");
        config.look("post_norm");
        return ungated(config, attention).with(DecoderConfigs.attentionBiases(config));
    }

    static TransformerModel arcee(ModelConfig config) {
        return ungated(config, DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT))
                .with(DecoderConfigs.biases(config));
    }

    /** Layer norms, no gate. */
    static TransformerModel nemotron(ModelConfig config) {
        TransformerModel model = arcee(config);
        return model.with(model.style().with(NormKind.LAYER_NORM));
    }

    private static TransformerModel ungated(ModelConfig config, GroupedQueryAttention attention) {
        return DecoderConfigs.of(config, attention, new DenseMlp(config.size("intermediate_size"), false), false);
    }

    /** Layer norms; attention and MLP beside each other behind one where {@code use_parallel_residual} says so. */
    static TransformerModel stableLm(ModelConfig config) {
        boolean biases = config.flag("use_qkv_bias", false);
        boolean norm = config.flag("qk_layernorm", false);
        boolean parallel = config.flag("use_parallel_residual", false);
        boolean dropout = config.isPositive("hidden_dropout", false) | config.isPositive("attention_dropout", false);
        GroupedQueryAttention attention =
                DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT);
        Style style = Style.LLAMA
                .with(NormKind.LAYER_NORM)
                .with(biases ? Biases.QKV : Biases.NONE)
                .withDropout(dropout);
        return DecoderConfigs.gated(config, norm ? attention.with(QueryKeyNorm.ALL_HEADS) : attention, false)
                .with(parallel ? style.withSharedNorm() : style);
    }

    /** Granite with experts. */
    static TransformerModel graniteMoe(ModelConfig config) {
        return graniteMoe(config, 0);
    }

    /** The same with one beside them that sees every token. */
    static TransformerModel graniteMoeShared(ModelConfig config) {
        return graniteMoe(config, config.count("shared_intermediate_size", 0));
    }

    private static TransformerModel graniteMoe(ModelConfig config, int shared) {
        config.look("embedding_multiplier");
        config.look("residual_multiplier");
        Style style = DecoderConfigs.attentionBiases(config);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("num_local_experts", 8),
                        config.size("num_experts_per_tok", 2),
                        config.size("intermediate_size"))
                .withShared(shared);
        return DecoderConfigs.of(
                        config,
                        DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT),
                        mixture,
                        false)
                .with(style);
    }

    /** MiniMax-M2: norms of queries and keys over all heads at once. */
    static TransformerModel miniMax2(ModelConfig config) {
        config.look("use_routing_bias");
        config.look("use_qk_norm");
        config.look("rotary_dim");
        config.look("router_jitter_noise");
        config.require("mtp_transformer_layers", 1);
        config.require("shared_intermediate_size", 0);
        boolean ahead = config.flag("use_mtp", false);
        int modules = config.count("num_mtp_modules", 0);
        config.requireOnly("attn_type_list", 1);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_local_experts", 256),
                config.size("num_experts_per_tok", 8),
                config.size("intermediate_size"));
        return DecoderConfigs.of(
                        config, DecoderConfigs.attention(config, 8, 128).with(QueryKeyNorm.ALL_HEADS), mixture, false)
                .withPredictionLayers(ahead ? modules : 0);
    }
}
