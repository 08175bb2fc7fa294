package trainyard.parallel.model.preset;

import java.util.List;
import trainyard.parallel.model.transformer.Biases;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.LatentAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Positions;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;

/** Mixtures of experts, as their released configurations give them. */
final class ExpertPresets {

    static final List<TransformerModel> ALL = List.of(
            // Jiang et al. 2024 (Mixtral), table 1; 8x22B as released in April 2024.
            mixtral("mixtral-8x7b", 32, 4096, 14_336, 32, 32_000),
            mixtral("mixtral-8x22b", 56, 6144, 16_384, 48, 32_768),
            // DeepSeek-AI 2024 (DeepSeek-V3), section 4.2: tokens go to experts on at most four nodes; the released
            // model's
            // multi-token prediction is one more layer, which is left out of its 671 billion.
            latent("deepseek-v3", 3, 128, 256, 129_280, 4),
            // Moonshot AI 2025 (Kimi K2), table 2: without a limit of nodes.
            latent("kimi-k2", 1, 64, 384, 163_840, 0),
            // Qwen Team 2025 (Qwen3), table 2, and released configurations.
            qwen3("qwen3-30b-a3b", 48, 2048, 32, 768),
            qwen3("qwen3-235b-a22b", 94, 4096, 64, 1536),
            // OpenAI 2025 (gpt-oss model card), table 1, and released configurations.
            gptOss("gpt-oss-20b", 24, 32),
            gptOss("gpt-oss-120b", 36, 128));

    private ExpertPresets() {}

    private static TransformerModel mixtral(String name, int layers, int hidden, int ffn, int heads, int vocabulary) {
        Block block = new Block(GroupedQueryAttention.of(heads, 8, 128), MixtureOfExperts.of(8, 2, ffn));
        return TransformerModel.of(name, layers, hidden, block, vocabulary, false);
    }

    private static TransformerModel qwen3(String name, int layers, int hidden, int heads, int expertFfn) {
        Block block = new Block(
                GroupedQueryAttention.of(heads, 4, 128).withQueryKeyNorm(), MixtureOfExperts.of(128, 8, expertFfn));
        return TransformerModel.of(name, layers, hidden, block, 151_936, false);
    }

    /** 61 layers, 7168 wide, latents of 1536 and 512, experts 2048 wide and one shared, the first layers dense. */
    private static TransformerModel latent(String name, int dense, int heads, int experts, int vocabulary, int nodes) {
        MixtureOfExperts mixture =
                MixtureOfExperts.of(experts, 8, 2048).withShared(2048).withNodeLimit(nodes);
        Block block = new Block(new LatentAttention(heads, 1536, 512, 64, 128, 128), mixture);
        return TransformerModel.of(name, 61, 7168, block, vocabulary, false)
                .withFirstMlps(dense, new DenseMlp(18_432, true));
    }

    /** Every other layer sees the latest 128 tokens; products have biases; YaRN for 32 times 4,096 tokens. */
    private static TransformerModel gptOss(String name, int layers, int experts) {
        GroupedQueryAttention attention = GroupedQueryAttention.of(64, 8, 64);
        MixtureOfExperts mixture = MixtureOfExperts.of(experts, 4, 2880).withLimits();
        return TransformerModel.of(name, layers, 2880, new Block(attention, mixture), 201_088, false)
                .withAlternateBlock(new Block(attention.withWindow(128), mixture))
                .with(Positions.SCALED_ROTARY)
                .with(Style.LLAMA.with(Biases.ALL));
    }
}
