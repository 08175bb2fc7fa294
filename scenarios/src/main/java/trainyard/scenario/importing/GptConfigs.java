package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;

/** Descendants of GPT-2 whose files have its names of keys. */
final class GptConfigs {

    private GptConfigs() {}

    /**
     * GPT-J: attention and MLP beside each other behind one norm, biases in the MLP alone; the bias of its head is not counted.
     */
    static TransformerModel gptJ(ModelConfig config) {
        int hidden = config.size("n_embd");
        boolean dropout = config.isPositive("resid_pdrop", false) | config.isPositive("attn_pdrop", false);
        Block block = new Block(
                GroupedQueryAttention.multiHead(hidden, config.size("n_head")),
                new DenseMlp(config.size("n_inner", 4 * hidden), false));
        config.look("n_positions");
        boolean tied = config.flag("tie_word_embeddings", false);
        return TransformerModel.of("gptj", config.layers("n_layer"), hidden, block, config.size("vocab_size"), tied)
                .with(Style.GPT.with(Biases.MLP).withDropout(dropout).withSharedNorm());
    }

    /** StarCoder: GPT-2 with one head of keys and values. */
    static TransformerModel bigCode(ModelConfig config) {
        int hidden = config.size("n_embd");
        int heads = config.size("n_head");
        boolean one = config.flag("multi_query", true);
        config.look("inference_runner");
        config.look("validate_runner_input");
        config.look("pre_allocate_kv_cache");
        boolean dropout = config.isPositive("resid_pdrop", true) | config.isPositive("attn_pdrop", true);
        Block block = new Block(
                GroupedQueryAttention.of(heads, one ? 1 : heads, hidden / heads),
                new DenseMlp(config.size("n_inner", 4 * hidden), false));
        int rows = config.size("vocab_size");
        TransformerModel gpt = TransformerModel.gpt(
                "gpt_bigcode",
                config.layers("n_layer"),
                hidden,
                4 * hidden,
                heads,
                rows,
                config.size("n_positions", 1024));
        return gpt.mapBlocks(any -> block)
                .with(Style.GPT.withDropout(dropout))
                .with(new Vocabulary(rows, config.flag("tie_word_embeddings", true)));
    }
}
