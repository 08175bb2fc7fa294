package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.Positions;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** Falcon, whose keys and values are one head, one for each group, or one for each head, by its generation. */
final class FalconConfig {

    private FalconConfig() {}

    static TransformerModel read(ModelConfig config) {
        int hidden = config.size("hidden_size");
        int heads = config.size(config.has("n_head") ? "n_head" : "num_attention_heads");
        boolean newer = config.flag("new_decoder_architecture", false);
        boolean parallel = config.flag("parallel_attn", true) | newer;
        boolean biases = config.flag("bias", false);
        boolean alibi = config.flag("alibi", false);
        boolean dropout = config.isPositive("hidden_dropout", false) | config.isPositive("attention_dropout", false);
        int norms = config.size("num_ln_in_parallel_attn", newer ? 2 : 1);
        Style style = parallel && norms == 1 ? Style.GPT.withSharedNorm() : Style.GPT.withParallelResidual(parallel);
        config.look("n_layer");
        config.look("ff_factor");
        GroupedQueryAttention attention =
                GroupedQueryAttention.of(heads, keyValueHeads(config, newer, heads), hidden / heads);
        return TransformerModel.of(
                        "falcon",
                        config.layers(config.has("n_layer") ? "n_layer" : "num_hidden_layers"),
                        hidden,
                        new Block(attention, new DenseMlp(config.size("ffn_hidden_size", 4 * hidden), false)),
                        config.size("vocab_size"),
                        config.flag("tie_word_embeddings", true))
                .with(alibi ? Positions.ALIBI : Positions.ROTARY)
                .with(style.with(biases ? Biases.ALL : Biases.NONE).withDropout(dropout));
    }

    /** The newer generation names them; the older has one, or, without {@code multi_query}, as many as queries. */
    private static int keyValueHeads(ModelConfig config, boolean newer, int heads) {
        boolean one = config.flag("multi_query", true);
        String key = config.has("n_head_kv") ? "n_head_kv" : "num_kv_heads";
        config.look(key);
        return newer ? config.size(key, heads) : one ? 1 : heads;
    }
}
