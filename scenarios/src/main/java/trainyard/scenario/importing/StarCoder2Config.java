package trainyard.scenario.importing;

import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** StarCoder 2: layer norms and biases as in GPT, with grouped queries, rotary positions and a window. */
final class StarCoder2Config {

    private StarCoder2Config() {}

    static TransformerModel read(ModelConfig config) {
        boolean dropout = config.isPositive("residual_dropout", false) | config.isPositive("attention_dropout", false);
        boolean biases = config.flag("use_bias", true);
        int window = config.window(0);
        Block block = new Block(
                DecoderConfigs.attention(config, 2, DecoderConfigs.SHARED_OUT).withWindow(window),
                new DenseMlp(config.size("intermediate_size"), false));
        return DecoderConfigs.of(config, block.attention(), block.mlp(), true)
                .with(Style.GPT.with(biases ? Biases.ALL : Biases.NONE).withDropout(dropout));
    }
}
