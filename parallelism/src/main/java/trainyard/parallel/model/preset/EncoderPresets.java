package trainyard.parallel.model.preset;

import java.util.List;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.BertModel;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.T5Model;
import trainyard.parallel.model.transformer.VisionTransformer;
import trainyard.parallel.model.transformer.Vocabulary;

/** Encoders and encoder-decoders. */
final class EncoderPresets {

    private static final int BERT_VOCABULARY = 30_522;
    private static final int T5_VOCABULARY = 32_128;
    private static final int MT5_VOCABULARY = 250_112;

    static final List<Model> ALL = List.of(
            // Devlin et al. 2019, section 3; vocabulary as released (uncased).
            BertModel.of("bert-base", 12, 768, 3072, 12, BERT_VOCABULARY, 512),
            BertModel.of("bert-large", 24, 1024, 4096, 16, BERT_VOCABULARY, 512),
            // NeMo-Framework-Launcher 23.03, launcher_scripts/conf/training/bert/4b.yaml.
            BertModel.of("bert-4b", 48, 2560, 10_240, 32, BERT_VOCABULARY, 512),
            // Raffel et al. 2020, section 3.7: sources of 512 tokens, targets of 114 (their span corruption).
            t5("t5-large", 24, 1024, GroupedQueryAttention.of(16, 16, 64), new DenseMlp(4096, false), true),
            t5("t5-3b", 24, 1024, GroupedQueryAttention.of(32, 32, 128), new DenseMlp(16_384, false), true),
            t5("t5-11b", 24, 1024, GroupedQueryAttention.of(128, 128, 128), new DenseMlp(65_536, false), true),
            // T5 1.1 "XL" and mT5 "XL" (Xue et al. 2021), released configurations: gated, nothing tied.
            t5("t5-3b-v1.1", 24, 2048, GroupedQueryAttention.of(32, 32, 64), new DenseMlp(5120, true), false),
            new T5Model(
                    "mt5-3b",
                    2048,
                    24,
                    24,
                    GroupedQueryAttention.of(32, 32, 64),
                    new DenseMlp(5120, true),
                    new Vocabulary(MT5_VOCABULARY, false),
                    114),
            // Dosovitskiy et al. 2021, table 1: images of 224 x 224 pixels.
            VisionTransformer.of("vit-b-16", 12, 768, 12, 16),
            VisionTransformer.of("vit-l-16", 24, 1024, 16, 16),
            VisionTransformer.of("vit-h-14", 32, 1280, 16, 14));

    private EncoderPresets() {}

    private static T5Model t5(
            String name, int layers, int hidden, GroupedQueryAttention attention, DenseMlp mlp, boolean tied) {
        return new T5Model(name, hidden, layers, layers, attention, mlp, new Vocabulary(T5_VOCABULARY, tied), 114);
    }
}
