package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.TransformerModel;

/** Gemma 3: heads of a size of their own, norms before and after each part, a window in all but every sixth layer. */
final class Gemma3Config {

    private Gemma3Config() {}

    static TransformerModel read(ModelConfig config) {
        boolean bothWays = config.flag("use_bidirectional_attention", false);
        config.look("query_pre_attn_scalar");
        int window = config.window(DecoderConfigs.USUAL_WINDOW);
        int heads = config.size("num_attention_heads", 8);
        GroupedQueryAttention attention = GroupedQueryAttention.of(
                        heads, config.size("num_key_value_heads", 4, heads), config.size("head_dim", 256))
                .withQueryKeyNorm();
        TransformerModel model = TransformerModel.of(
                config.text("model_type", ""),
                config.layers("num_hidden_layers"),
                config.size("hidden_size"),
                new Block(attention, new DenseMlp(config.size("intermediate_size"), true)),
                config.size("vocab_size", 262_208),
                config.flag("tie_word_embeddings", true));
        return DecoderConfigs.withPatternOfWindows(config, model, window, 6)
                .with(DecoderConfigs.attentionBiases(config)
                        .withNormsPerBlock(4)
                        .withCausal(!bothWays));
    }
}
