package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.TransformerModel;

/** Command R and its successors: attention and MLP beside each other behind one norm without a shift. */
final class CohereConfigs {

    private CohereConfigs() {}

    static TransformerModel cohere(ModelConfig config) {
        boolean norm = config.flag("use_qk_norm", false);
        GroupedQueryAttention attention =
                DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT);
        return read(config, norm ? attention.with(QueryKeyNorm.ALL_HEADS) : attention);
    }

    /** Every fourth layer sees all tokens where the file does not say otherwise. */
    static TransformerModel cohere2(ModelConfig config) {
        int window = config.window(DecoderConfigs.USUAL_WINDOW);
        TransformerModel model =
                read(config, DecoderConfigs.attention(config, DecoderConfigs.AS_QUERIES, DecoderConfigs.SHARED_OUT));
        return DecoderConfigs.withPatternOfWindows(config, model, window, 4);
    }

    private static TransformerModel read(ModelConfig config, GroupedQueryAttention attention) {
        config.look("use_parallel_block");
        config.look("use_gated_activation");
        config.look("use_embedding_sharing");
        return DecoderConfigs.of(config, attention, new DenseMlp(config.size("intermediate_size"), true), true)
                .with(DecoderConfigs.attentionBiases(config)
                        .with(NormKind.SCALED_LAYER_NORM)
                        .withSharedNorm());
    }
}
