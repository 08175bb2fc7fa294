package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** GLM-4 and its mixtures, GLM-4.5 and 4.6: biases of queries, keys and values where {@code attention_bias} says so. */
final class GlmConfigs {

    private GlmConfigs() {}

    static TransformerModel glm(ModelConfig config) {
        return dense(config, 2);
    }

    /** GLM-4-0414: norms before and after both parts. */
    static TransformerModel glm4(ModelConfig config) {
        return dense(config, 4);
    }

    private static TransformerModel dense(ModelConfig config, int norms) {
        Style style = style(config, true).withNormsPerBlock(norms);
        GroupedQueryAttention attention = DecoderConfigs.attention(config, 2, 128);
        return DecoderConfigs.gated(config, attention, false).with(style);
    }

    private static Style style(ModelConfig config, boolean otherwise) {
        return Style.LLAMA.with(config.flag("attention_bias", otherwise) ? Biases.QKV : Biases.NONE);
    }

    static TransformerModel mixture(ModelConfig config) {
        Style style = style(config, false);
        boolean norm = config.flag("use_qk_norm", false);
        GroupedQueryAttention attention = DecoderConfigs.attention(config, 8, DecoderConfigs.SHARED_OUT);
        int ffn = config.size("moe_intermediate_size", 1408);
        int groups = config.count("n_group", 1);
        int nodes = config.count("topk_group", 1);
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("n_routed_experts", 128), config.size("num_experts_per_tok", 8), ffn)
                .withShared(ffn * config.count("n_shared_experts", 1))
                .withNodeLimit(groups > 1 ? nodes : 0);
        return DecoderConfigs.of(config, norm ? attention.withQueryKeyNorm() : attention, mixture, false)
                .withFirstMlps(
                        config.count("first_k_dense_replace", 1), new DenseMlp(config.size("intermediate_size"), true))
                .withPredictionLayers(config.count("num_nextn_predict_layers", 0))
                .with(style);
    }
}
