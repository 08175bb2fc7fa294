package trainyard.parallel.model.preset;

import java.util.List;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** Dense decoders of the Llama kind: gated MLP, rotary positions, RMS norm. */
final class LlamaPresets {

    private static final int GEMMA_VOCABULARY = 256_000;
    private static final int GEMMA_2_WINDOW = 4096;

    static final List<TransformerModel> ALL = List.of(
            // Touvron et al. 2023 (Llama 2), released configurations; 34B as its appendix and Code Llama state it.
            TransformerModel.llama("llama2-7b", 32, 4096, 11_008, 32, 32, 32_000),
            TransformerModel.llama("llama2-13b", 40, 5120, 13_824, 40, 40, 32_000),
            TransformerModel.llama("llama2-34b", 48, 8192, 22_016, 64, 8, 32_000),
            TransformerModel.llama("llama2-70b", 80, 8192, 28_672, 64, 8, 32_000),
            // Grattafiori et al. 2024 (Llama 3), table 3; vocabulary as released.
            TransformerModel.llama("llama3-8b", 32, 4096, 14_336, 32, 8, 128_256),
            TransformerModel.llama("llama3-70b", 80, 8192, 28_672, 64, 8, 128_256),
            TransformerModel.llama("llama3-405b", 126, 16_384, 53_248, 128, 8, 128_256),
            // Jiang et al. 2023 (Mistral 7B), table 1.
            windowed(TransformerModel.llama("mistral-7b", 32, 4096, 14_336, 32, 8, 32_000), 4096),
            // Qwen 2.5 and Qwen 3, released configurations: biases on queries, keys and values; norms of their heads.
            TransformerModel.llama("qwen2.5-7b", 28, 3584, 18_944, 28, 4, 152_064)
                    .with(Style.LLAMA.with(Biases.QKV)),
            qwen3("qwen3-8b", 36, 4096, 12_288, 32, 151_936),
            qwen3("qwen3-32b", 64, 5120, 25_600, 64, 151_936),
            // Gemma Team 2024 (Gemma, table 1; Gemma 2, table 1): heads of 256, or 128 in 27B; every other layer of
            // Gemma
            // 2 sees a window, and every part has a norm after it too.
            gemma("gemma-2b", 18, 2048, 16_384, GroupedQueryAttention.of(8, 1, 256)),
            gemma("gemma-7b", 28, 3072, 24_576, GroupedQueryAttention.of(16, 16, 256)),
            gemma2("gemma2-9b", 42, 3584, 14_336, GroupedQueryAttention.of(16, 8, 256)),
            gemma2("gemma2-27b", 46, 4608, 36_864, GroupedQueryAttention.of(32, 16, 128)));

    private LlamaPresets() {}

    private static TransformerModel windowed(TransformerModel model, int window) {
        return model.mapBlocks(
                block -> new Block(((GroupedQueryAttention) block.attention()).withWindow(window), block.mlp()));
    }

    private static TransformerModel qwen3(String name, int layers, int hidden, int ffn, int heads, int vocabulary) {
        GroupedQueryAttention attention =
                GroupedQueryAttention.of(heads, 8, 128).withQueryKeyNorm();
        return TransformerModel.of(
                name, layers, hidden, new Block(attention, new DenseMlp(ffn, true)), vocabulary, false);
    }

    private static TransformerModel gemma(
            String name, int layers, int hidden, int ffn, GroupedQueryAttention attention) {
        return TransformerModel.of(
                name, layers, hidden, new Block(attention, new DenseMlp(ffn, true)), GEMMA_VOCABULARY, true);
    }

    private static TransformerModel gemma2(
            String name, int layers, int hidden, int ffn, GroupedQueryAttention attention) {
        return gemma(name, layers, hidden, ffn, attention)
                .withAlternateBlock(new Block(attention.withWindow(GEMMA_2_WINDOW), new DenseMlp(ffn, true)))
                .with(Style.LLAMA.withNormsPerBlock(4));
    }
}
