package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.TransformerModel;

/**
 * OLMo: the first without parameters in its norms, the later ones with norms of queries and keys over all heads at
 * once and, but for the mixture, behind each part in place of before it, which costs the same.
 */
final class OlmoConfigs {

    private OlmoConfigs() {}

    static TransformerModel olmo(ModelConfig config) {
        TransformerModel model = dense(config, attention(config));
        return model.with(model.style().with(NormKind.PLAIN_LAYER_NORM));
    }

    static TransformerModel olmo2(ModelConfig config) {
        return dense(config, attention(config).with(QueryKeyNorm.ALL_HEADS));
    }

    /** Every fourth layer sees all tokens where the file does not say otherwise. */
    static TransformerModel olmo3(ModelConfig config) {
        int window = config.window(DecoderConfigs.USUAL_WINDOW);
        return DecoderConfigs.withPatternOfWindows(config, olmo2(config), window, 4);
    }

    static TransformerModel olmoe(ModelConfig config) {
        MixtureOfExperts mixture = MixtureOfExperts.of(
                config.size("num_experts", 64),
                config.size("num_experts_per_tok", 8),
                config.size("intermediate_size"));
        return DecoderConfigs.of(config, attention(config).with(QueryKeyNorm.ALL_HEADS), mixture, false)
                .with(DecoderConfigs.attentionBiases(config));
    }

    private static GroupedQueryAttention attention(ModelConfig config) {
        config.look("clip_qkv");
        return DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT);
    }

    private static TransformerModel dense(ModelConfig config, GroupedQueryAttention attention) {
        return DecoderConfigs.of(config, attention, new DenseMlp(config.size("intermediate_size"), true), false)
                .with(DecoderConfigs.attentionBiases(config));
    }
}
