package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;

/** Hunyuan of Tencent, dense and with experts of {@code intermediate_size} beside one that sees every token. */
final class HunyuanConfigs {

    private HunyuanConfigs() {}

    static TransformerModel dense(ModelConfig config) {
        ignored(config);
        return DecoderConfigs.of(config, attention(config), new DenseMlp(config.size("intermediate_size"), true), false)
                .with(DecoderConfigs.attentionBiases(config));
    }

    /** Experts and those of a token may be one number, or one for each layer. */
    static TransformerModel mixture(ModelConfig config) {
        ignored(config);
        config.look("moe_intermediate_size");
        config.look("num_shared_expert");
        config.look("use_mixed_mlp_moe");
        config.look("moe_layer_num_skipped");
        config.look("moe_drop_tokens");
        config.look("moe_random_routing_dropped_token");
        config.look("norm_topk_prob");
        config.look("group_limited_greedy");
        int ffn = config.size("intermediate_size");
        GroupedQueryAttention attention = attention(config);
        List<Integer> experts = config.oneOrEach("num_experts", config.layers("num_hidden_layers"), 1);
        List<Integer> chosen = config.oneOrEach("moe_topk", experts.size(), 1);
        List<Block> blocks = new ArrayList<>();
        for (int layer = 0; layer < experts.size(); layer++) {
            blocks.add(new Block(
                    attention,
                    MixtureOfExperts.of(experts.get(layer), chosen.get(layer), ffn)
                            .withShared(ffn)));
        }
        return DecoderConfigs.of(config, attention, blocks.get(0).mlp(), false)
                .withBlocks(blocks)
                .with(DecoderConfigs.attentionBiases(config));
    }

    /** Each head of queries and keys is normalised, whatever {@code use_qk_norm} says. */
    private static GroupedQueryAttention attention(ModelConfig config) {
        return DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT)
                .withQueryKeyNorm();
    }

    /** Of ways that the released models do not go, transformers knows none. */
    private static void ignored(ModelConfig config) {
        config.look("use_qk_norm");
        config.look("attention_head_dim");
        config.look("org_vocab_size");
        config.look("cla_share_factor");
        config.look("dense_list");
        config.requireOff("use_cla");
        config.requireOff("use_mla");
        config.requireOff("mlp_bias");
    }
}
