package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.TransformerModel;

/**
 * Llama 4: some or all layers have one of many experts beside one that sees every token; three of four layers see the tokens of
 * their chunk. A chunk is a window here: the same up to its length, and more than a chunk costs beyond.
 */
final class Llama4Config {

    /** Layers from one that sees all tokens, and has no rotary positions, to the next (no_rope_layer_interval). */
    private static final int WHOLE_EVERY = 4;

    private Llama4Config() {}

    static TransformerModel read(ModelConfig config) {
        config.look("attn_scale");
        config.look("floor_scale");
        config.look("attn_temperature_tuning");
        config.look("for_llm_compression");
        config.look("router_jitter_noise");
        boolean norm = config.flag("use_qk_norm", true);
        int chunk = config.count("attention_chunk_size", 8192);
        GroupedQueryAttention attention = DecoderConfigs.attention(config, 8, 128);
        int ffn = config.size("intermediate_size");
        MixtureOfExperts mixture = MixtureOfExperts.of(
                        config.size("num_local_experts", 16), config.size("num_experts_per_tok", 1), ffn)
                .withShared(ffn);
        TransformerModel all = DecoderConfigs.of(config, attention, mixture, false);
        Predicate<Integer> sparse = sparse(config);
        Predicate<Integer> whole = whole(config, all.layerCount());
        DenseMlp dense = new DenseMlp(config.size("intermediate_size_mlp", 16_384), true);
        List<Block> blocks = new ArrayList<>();
        for (int layer = 0; layer < all.layerCount(); layer++) {
            GroupedQueryAttention chunked = norm ? attention.with(QueryKeyNorm.PLAIN) : attention;
            blocks.add(new Block(
                    whole.test(layer) ? attention : chunked.withWindow(chunk), sparse.test(layer) ? mixture : dense));
        }
        return all.withBlocks(blocks).with(DecoderConfigs.attentionBiases(config));
    }

    /** Layers with experts: those that are listed, or every {@code interleave_moe_layer_step}th. */
    private static Predicate<Integer> sparse(ModelConfig config) {
        int step = config.size("interleave_moe_layer_step", 1);
        Set<Integer> listed = config.layersOf("moe_layers");
        return layer -> listed.isEmpty() ? (layer + 1) % step == 0 : listed.contains(layer);
    }

    /** Layers that see all tokens: by {@code layer_types}, or 0 in {@code no_rope_layers}, or every fourth. */
    private static Predicate<Integer> whole(ModelConfig config, int layers) {
        int every = config.size("no_rope_layer_interval", WHOLE_EVERY);
        List<Boolean> chunked = config.windowed(layers, "chunked_attention");
        List<Integer> rotated = config.numbers("no_rope_layers", layers);
        if (!chunked.isEmpty()) {
            return layer -> !chunked.get(layer);
        }
        return layer -> rotated.isEmpty() ? (layer + 1) % every == 0 : rotated.get(layer) == 0;
    }
}
