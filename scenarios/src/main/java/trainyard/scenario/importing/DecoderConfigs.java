package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.transformer.Attention;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.Mlp;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;

/** Dense decoders: which keys of their configurations say what. */
final class DecoderConfigs {

    /** Keys and values have as many heads as queries where the library's default says nothing else. */
    static final int AS_QUERIES = 0;

    /** Heads share out the hidden size where the library's default says nothing else. */
    static final int SHARED_OUT = 0;

    /** Tokens of a window where a file has one and does not say how wide. */
    static final int USUAL_WINDOW = 4096;

    private DecoderConfigs() {}

    static TransformerModel llama(ModelConfig config) {
        return gated(config, attention(config, AS_QUERIES, SHARED_OUT), false).with(biases(config));
    }

    /** Every layer sees a window where one is given. */
    static TransformerModel mistral(ModelConfig config) {
        return windowed(config, attention(config, 8, SHARED_OUT), USUAL_WINDOW);
    }

    /** {@code full_attn_mod} would say how many layers apart those are that see all tokens. */
    static TransformerModel phi3(ModelConfig config) {
        config.require("full_attn_mod", 1);
        return windowed(config, attention(config, AS_QUERIES, SHARED_OUT), 0);
    }

    private static TransformerModel windowed(ModelConfig config, GroupedQueryAttention attention, int window) {
        return gated(config, attention.withWindow(config.window(window)), false);
    }

    static TransformerModel qwen2(ModelConfig config) {
        TransformerModel model =
                gated(config, attention(config, 32, SHARED_OUT), false).with(Style.LLAMA.with(Biases.QKV));
        return withLateWindows(config, model);
    }

    static TransformerModel qwen3(ModelConfig config) {
        TransformerModel model = gated(config, attention(config, 32, 128).withQueryKeyNorm(), false);
        return withLateWindows(config, model.with(attentionBiases(config)));
    }

    /** Layers of {@code layer_types}, or else from {@code max_window_layers} on, see a window, if at all. */
    static TransformerModel withLateWindows(ModelConfig config, TransformerModel model) {
        List<Boolean> windowed = config.windowed(model.layerCount());
        if (!config.flag("use_sliding_window", false)) {
            config.look("sliding_window");
            config.look("max_window_layers");
            return model;
        }
        int window = config.count("sliding_window", USUAL_WINDOW);
        if (windowed.isEmpty()) {
            int from = config.count("max_window_layers", 28);
            return withWindows(model, layer -> layer >= from ? window : 0);
        }
        config.look("max_window_layers");
        return withWindows(model, layer -> windowed.get(layer) ? window : 0);
    }

    /** Llama with factors on embedding, residual stream and scores, which cost nothing. */
    static TransformerModel granite(ModelConfig config) {
        config.look("embedding_multiplier");
        config.look("residual_multiplier");
        return llama(config);
    }

    static TransformerModel gemma(ModelConfig config) {
        return gemma(config, 16);
    }

    private static TransformerModel gemma(ModelConfig config, int keyValueHeads) {
        return gated(config, attention(config, keyValueHeads, 256), true).with(attentionBiases(config));
    }

    /** Layers 0, 2, 4, ... see a window; every part has a norm before and after it. */
    static TransformerModel gemma2(ModelConfig config) {
        int window = config.window(USUAL_WINDOW);
        config.look("query_pre_attn_scalar");
        TransformerModel model = gemma(config, 4);
        return withAlternateWindows(config, model.with(model.style().withNormsPerBlock(4)), window);
    }

    static TransformerModel gpt2(ModelConfig config) {
        int hidden = config.size("n_embd");
        boolean dropout = config.isPositive("resid_pdrop", true) | config.isPositive("attn_pdrop", true);
        return TransformerModel.gpt(
                        "gpt2",
                        config.layers("n_layer"),
                        hidden,
                        config.size("n_inner", 4 * hidden),
                        config.size("n_head"),
                        config.size("vocab_size"),
                        config.size("n_positions", 1024))
                .with(Style.GPT.withDropout(dropout))
                .with(new Vocabulary(config.size("vocab_size"), config.flag("tie_word_embeddings", true)));
    }

    static TransformerModel gptNeoX(ModelConfig config) {
        int hidden = config.size("hidden_size");
        boolean biases = config.flag("attention_bias", true);
        boolean dropout = config.isPositive("hidden_dropout", false) | config.isPositive("attention_dropout", false);
        Block block = new Block(
                GroupedQueryAttention.multiHead(hidden, config.size("num_attention_heads")),
                new DenseMlp(config.size("intermediate_size"), false));
        return TransformerModel.of(
                        "gpt_neox",
                        config.layers("num_hidden_layers"),
                        hidden,
                        block,
                        config.size("vocab_size"),
                        config.flag("tie_word_embeddings", false))
                .with(Style.GPT
                        .with(Biases.of(biases, true))
                        .withDropout(dropout)
                        .withParallelResidual(config.flag("use_parallel_residual", true)));
    }

    /** Phi 1 to 2: attention and MLP beside each other behind one norm; the bias of the head is not counted. */
    static TransformerModel phi(ModelConfig config) {
        boolean norm = config.flag("qk_layernorm", false);
        boolean dropout = config.isPositive("resid_pdrop", false) | config.isPositive("attention_dropout", false);
        DenseMlp mlp = new DenseMlp(config.size("intermediate_size"), false);
        GroupedQueryAttention attention = attention(config, AS_QUERIES, SHARED_OUT);
        return of(config, norm ? attention.withQueryKeyNorm() : attention, mlp, false)
                .with(Style.GPT.withDropout(dropout).withSharedNorm());
    }

    static TransformerModel bloom(ModelConfig config) {
        boolean old = config.has("n_embed") & !config.has("hidden_size");
        int hidden = config.size(old ? "n_embed" : "hidden_size", 64);
        int layers = config.layers(config.has("n_layer") ? "n_layer" : "num_hidden_layers");
        int heads = config.size(config.has("num_attention_heads") ? "num_attention_heads" : "n_head", 8);
        boolean dropout = config.isPositive("hidden_dropout", false) | config.isPositive("attention_dropout", false);
        return TransformerModel.bloom("bloom", layers, hidden, 4 * hidden, heads, config.size("vocab_size"))
                .with(Style.GPT.withDropout(dropout));
    }

    static TransformerModel opt(ModelConfig config) {
        int hidden = config.size("hidden_size");
        config.require("word_embed_proj_dim", hidden);
        config.flag("do_layer_norm_before", true);
        boolean dropout = config.isPositive("dropout", true);
        boolean biases = config.flag("enable_bias", true);
        boolean scaled = config.flag("layer_norm_elementwise_affine", true);
        return TransformerModel.gpt(
                        "opt",
                        config.layers("num_hidden_layers"),
                        hidden,
                        config.size("ffn_dim"),
                        config.size("num_attention_heads"),
                        config.size("vocab_size"),
                        config.size("max_position_embeddings", 2048) + 2)
                .with(Style.GPT
                        .with(scaled ? NormKind.LAYER_NORM : NormKind.PLAIN_LAYER_NORM)
                        .with(biases ? Biases.ALL : Biases.NONE)
                        .withDropout(dropout));
    }

    /** Llama's style with biases of attention where {@code attention_bias} says so. */
    static Style attentionBiases(ModelConfig config) {
        return Style.LLAMA.with(Biases.of(config.flag("attention_bias", false), false));
    }

    /** The same, and of the MLP where {@code mlp_bias} does. */
    static Style biases(ModelConfig config) {
        return Style.LLAMA.with(Biases.of(config.flag("attention_bias", false), config.flag("mlp_bias", false)));
    }

    /**
     * Attention of grouped queries.
     *
     * @param keyValueHeads the library's default, or {@link #AS_QUERIES}
     * @param headSize the library's default, or {@link #SHARED_OUT}
     */
    static GroupedQueryAttention attention(ModelConfig config, int keyValueHeads, int headSize) {
        int heads = config.size("num_attention_heads");
        int share = config.size("hidden_size") / heads;
        return GroupedQueryAttention.of(
                heads,
                config.size("num_key_value_heads", keyValueHeads == AS_QUERIES ? heads : keyValueHeads, heads),
                config.size("head_dim", headSize == SHARED_OUT ? share : headSize, share));
    }

    static TransformerModel gated(ModelConfig config, GroupedQueryAttention attention, boolean tied) {
        return of(config, attention, new DenseMlp(config.size("intermediate_size"), true), tied);
    }

    /** Equal blocks of Llama's style; {@code tied} where the file does not say. */
    static TransformerModel of(ModelConfig config, Attention attention, Mlp mlp, boolean tied) {
        return TransformerModel.of(
                config.text("model_type", ""),
                config.layers("num_hidden_layers"),
                config.size("hidden_size"),
                new Block(attention, mlp),
                config.size("vocab_size"),
                config.flag("tie_word_embeddings", tied));
    }

    /** Layers see a window as {@code layer_types} says; where it is left out, layers 0, 2, 4, ... do. */
    static TransformerModel withAlternateWindows(ModelConfig config, TransformerModel model, int window) {
        List<Boolean> windowed = config.windowed(model.layerCount());
        if (windowed.isEmpty()) {
            config.assume("layer_types", "a window in layers 0, 2, 4, ...");
        }
        return withWindows(model, layer -> (windowed.isEmpty() ? layer % 2 == 0 : windowed.get(layer)) ? window : 0);
    }

    /** Tokens that a layer sees, 0 for all. */
    interface Windows {
        int of(int layer);
    }

    /**
     * Layers see a window as {@code layer_types} says; where it is left out, all but every {@code sliding_window_pattern}th.
     *
     * @param usual layers from one that sees all tokens to the next, where the file does not say
     */
    static TransformerModel withPatternOfWindows(ModelConfig config, TransformerModel model, int window, int usual) {
        List<Boolean> windowed = config.windowed(model.layerCount());
        String key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
        config.look(key);
        if (!windowed.isEmpty()) {
            return withWindows(model, layer -> windowed.get(layer) ? window : 0);
        }
        int every = config.size(key, usual);
        return withWindows(model, layer -> (layer + 1) % every == 0 ? 0 : window);
    }

    static TransformerModel withWindows(TransformerModel model, Windows windows) {
        List<Block> blocks = new ArrayList<>();
        for (int layer = 0; layer < model.layerCount(); layer++) {
            Block block = model.blocks().get(layer);
            GroupedQueryAttention attention = (GroupedQueryAttention) block.attention();
            blocks.add(new Block(attention.withWindow(windows.of(layer)), block.mlp()));
        }
        return model.withBlocks(blocks);
    }
}
