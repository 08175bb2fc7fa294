package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.Positions;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;

/** MPT and DBRX of MosaicML, whose files say of attention in {@code attn_config}. */
final class MosaicConfigs {

    private MosaicConfigs() {}

    /** ALiBi, or a table of positions where {@code alibi} is false; no biases, as transformers reads all of these files. */
    static TransformerModel mpt(ModelConfig config) {
        ModelConfig attention = config.part("attn_config");
        int hidden = config.size("d_model");
        int heads = config.size("n_heads");
        boolean alibi = attention.flag("alibi", true);
        boolean norm = attention.flag("qk_ln", false);
        boolean biases = !config.flag("no_bias", true);
        boolean dropout = attention.isPositive("attn_pdrop", false) | config.isPositive("resid_pdrop", false);
        boolean table = config.flag("learned_pos_emb", true);
        int longest = config.size("max_seq_len", 2048);
        attention.look("alibi_bias_max");
        attention.look("clip_qkv");
        attention.requireOff("prefix_lm");
        attention.look("attn_uses_sequence_id");
        config.look("init_config");
        config.require("embedding_fraction", 1);
        boolean one = attention.text("attn_type", "multihead_attention").equals("multiquery_attention");
        GroupedQueryAttention plain =
                GroupedQueryAttention.of(heads, one ? 1 : attention.size("kv_n_heads", heads), hidden / heads);
        Block block = new Block(
                norm ? plain.with(QueryKeyNorm.ALL_HEADS) : plain,
                new DenseMlp(config.size("expansion_ratio", 4) * hidden, false));
        Positions positions = table ? Positions.learned(longest) : Positions.ROTARY;
        return TransformerModel.of("mpt", config.layers("n_layers"), hidden, block, config.size("vocab_size"), true)
                .with(alibi ? Positions.ALIBI : positions)
                .with(Style.GPT
                        .with(biases ? NormKind.LAYER_NORM : NormKind.SCALED_LAYER_NORM)
                        .with(biases ? Biases.ALL : Biases.NONE)
                        .withDropout(dropout));
    }

    static TransformerModel dbrx(ModelConfig config) {
        ModelConfig attention = config.part("attn_config");
        ModelConfig experts = config.part("ffn_config");
        int hidden = config.size("d_model");
        int heads = config.size("n_heads");
        boolean dropout = attention.isPositive("attn_pdrop", false) | config.isPositive("resid_pdrop", false);
        config.look("max_seq_len");
        attention.look("clip_qkv");
        experts.look("moe_jitter_eps");
        experts.look("moe_normalize_expert_weights");
        experts.look("uniform_expert_assignment");
        experts.look("ffn_act_fn");
        Block block = new Block(
                GroupedQueryAttention.of(heads, attention.size("kv_n_heads", 1), hidden / heads),
                MixtureOfExperts.of(
                        experts.size("moe_num_experts", 4),
                        experts.size("moe_top_k", 1),
                        experts.size("ffn_hidden_size", 3584)));
        int rows = config.size("vocab_size");
        return TransformerModel.of("dbrx", config.layers("n_layers"), hidden, block, rows, false)
                .with(new Vocabulary(rows, config.flag("tie_word_embeddings", false)))
                .with(Style.LLAMA.with(NormKind.SCALED_LAYER_NORM).withDropout(dropout));
    }
}
