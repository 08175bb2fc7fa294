package trainyard.scenario.importing;

import java.util.Collections;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.BertModel;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.T5Model;
import trainyard.parallel.model.transformer.Vocabulary;

/** Encoders and encoder-decoders: which keys of their configurations say what. */
final class EncoderConfigs {

    /** The file does not tell how long targets are: T5's span corruption makes 114 tokens of 512 (Raffel et al. 2020). */
    private static final int TARGET_LENGTH = 114;

    private EncoderConfigs() {}

    static Model bert(ModelConfig config) {
        config.require("type_vocab_size", 2);
        int hidden = config.size("hidden_size");
        Block block = new Block(
                GroupedQueryAttention.multiHead(hidden, config.size("num_attention_heads")),
                new DenseMlp(config.size("intermediate_size"), false));
        return new BertModel(
                "bert",
                hidden,
                Collections.nCopies(config.layers("num_hidden_layers"), block),
                config.size("vocab_size"),
                config.size("max_position_embeddings", 512),
                config.isPositive("hidden_dropout_prob", true));
    }

    static Model t5(ModelConfig config) {
        config.require("relative_attention_num_buckets", 32);
        config.look("n_positions");
        boolean gated = config.text("feed_forward_proj", "relu").startsWith("gated");
        int heads = config.size("num_heads");
        int layers = config.layers("num_layers");
        config.flag("is_gated_act", gated);
        return new T5Model(
                config.text("model_type", "t5"),
                config.size("d_model"),
                layers,
                config.has("num_decoder_layers") ? config.layers("num_decoder_layers") : layers,
                GroupedQueryAttention.of(heads, heads, config.size("d_kv")),
                new DenseMlp(config.size("d_ff"), gated),
                new Vocabulary(config.size("vocab_size"), config.flag("tie_word_embeddings", true)),
                TARGET_LENGTH);
    }
}
