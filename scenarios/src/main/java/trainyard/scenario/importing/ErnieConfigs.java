package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** ERNIE 4.5, dense and with experts in a range of its layers. */
final class ErnieConfigs {

    private ErnieConfigs() {}

    static TransformerModel dense(ModelConfig config) {
        return DecoderConfigs.gated(config, DecoderConfigs.attention(config, 2, 128), true)
                .with(style(config));
    }

    static TransformerModel mixture(ModelConfig config) {
        int ffn = config.size("moe_intermediate_size", 1536);
        MixtureOfExperts mixture = MixtureOfExperts.of(config.size("moe_num_experts", 64), config.size("moe_k", 6), ffn)
                .withShared(ffn * config.count("moe_num_shared_experts", 2));
        GroupedQueryAttention attention = DecoderConfigs.attention(config, 4, DecoderConfigs.SHARED_OUT);
        TransformerModel all = DecoderConfigs.of(config, attention, mixture, true);
        Block dense = new Block(attention, new DenseMlp(config.size("intermediate_size"), true));
        int first = config.count("moe_layer_start_index", 1);
        int last = config.indexFromEnd("moe_layer_end_index", all.layerCount());
        int step = config.size("moe_layer_interval", 1);
        List<Block> blocks = new ArrayList<>(all.blocks());
        for (int layer = 0; layer < blocks.size(); layer++) {
            if ((layer + 1) % step != 0 || layer < first || layer > last) {
                blocks.set(layer, dense);
            }
        }
        config.look("moe_norm_min");
        config.look("moe_capacity");
        return all.withBlocks(blocks)
                .with(style(config))
                .withPredictionLayers(config.count("num_nextn_predict_layers", 0));
    }

    private static Style style(ModelConfig config) {
        return Style.LLAMA.with(config.flag("use_bias", false) ? Biases.ALL : Biases.NONE);
    }
}
