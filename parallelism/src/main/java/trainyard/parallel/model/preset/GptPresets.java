package trainyard.parallel.model.preset;

import java.util.List;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.NormKind;
import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;

/**
 * Dense decoders of the GPT kind. Vocabularies of the Megatron models are padded as their training padded them (multiples
 * of 128 x tensor degree).
 */
final class GptPresets {

    /** GPT-2's 50,257 tokens padded to a multiple of 128 x 8 (Megatron-LM default for 8 tensor ranks). */
    private static final int GPT_VOCABULARY = 51_200;

    /** The same on one tensor rank. */
    private static final int SMALL_GPT_VOCABULARY = 50_304;

    /** GPT-NeoX's tokens padded (llm-foundry, scripts/train/yamls/pretrain). */
    private static final int MPT_VOCABULARY = 50_368;

    /** Megatron-LM, README of 2024: the scaling study's tokens. */
    private static final int CORE_VOCABULARY = 131_072;

    /** Qi et al. 2024: a SentencePiece model in their scripts; its usual size, assumed. */
    private static final int ZERO_BUBBLE_VOCABULARY = 32_000;

    static final List<TransformerModel> ALL = List.of(
            // Radford et al. 2019, table 2: 48 layers, width 1600; 25 heads as in the released configuration.
            TransformerModel.gpt("gpt2-1.5b", 48, 1600, 6400, 25, SMALL_GPT_VOCABULARY, 1024),
            // Brown et al. 2020 (GPT-3), table 2.1; where the table's heads do not fill the width, 1.3B has 16 x 128
            // and
            // 13B is 5120 wide, as in the open reproductions (Black et al. 2021, Zhang et al. 2022).
            TransformerModel.gpt("gpt3-125m", 12, 768, 3072, 12, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-350m", 24, 1024, 4096, 16, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-760m", 24, 1536, 6144, 16, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-1.3b", 24, 2048, 8192, 16, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-2.7b", 32, 2560, 10_240, 32, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-6.7b", 32, 4096, 16_384, 32, SMALL_GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-13b", 40, 5120, 20_480, 40, SMALL_GPT_VOCABULARY, 2048),
            // Korthikanti et al. 2022, table 3: the four sizes measured there; 175B is Brown et al. 2020, table 2.1.
            TransformerModel.gpt("gpt-22b", 48, 6144, 24_576, 64, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt3-175b", 96, 12_288, 49_152, 96, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-530b", 105, 20_480, 81_920, 128, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-1t", 128, 25_600, 102_400, 160, GPT_VOCABULARY, 2048),
            // Narayanan et al. 2021, table 1: the rows that are none of the above.
            TransformerModel.gpt("gpt-1.7b", 24, 2304, 9216, 24, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-3.6b", 30, 3072, 12_288, 32, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-7.5b", 36, 4096, 16_384, 32, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-18b", 40, 6144, 24_576, 48, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-39b", 48, 8192, 32_768, 64, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-76b", 60, 10_240, 40_960, 80, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-145b", 80, 12_288, 49_152, 96, GPT_VOCABULARY, 2048),
            TransformerModel.gpt("gpt-310b", 96, 16_384, 65_536, 128, GPT_VOCABULARY, 2048),
            // BigScience 2022, table 3.
            TransformerModel.bloom("bloom-176b", 70, 14_336, 57_344, 112, 250_880),
            // Megatron-LM, README of December 2020: weak scaling of the first model-parallel GPTs.
            TransformerModel.gpt("gpt-1.2b", 24, 1920, 7680, 15, GPT_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-2b", 30, 2304, 9216, 18, GPT_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-4.2b", 36, 3072, 12_288, 24, GPT_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-8.7b", 42, 4096, 16_384, 32, GPT_VOCABULARY, 1024),
            // Qi et al. 2024 (Zero Bubble), table 3; the vocabulary is not stated there, 32,000 makes all four sizes.
            TransformerModel.gpt("gpt-1.5b-zb", 22, 2304, 9216, 24, ZERO_BUBBLE_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-6.2b-zb", 30, 4096, 16_384, 32, ZERO_BUBBLE_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-14.6b-zb", 46, 5120, 20_480, 40, ZERO_BUBBLE_VOCABULARY, 1024),
            TransformerModel.gpt("gpt-28.3b-zb", 62, 6144, 24_576, 48, ZERO_BUBBLE_VOCABULARY, 1024),
            // NeMo-Framework-Launcher 23.03, launcher_scripts/conf/training/gpt3/5b.yaml.
            TransformerModel.gpt("gpt3-5b", 24, 4096, 16_384, 32, GPT_VOCABULARY, 2048),
            // Megatron-LM, README of 2024, table of the H100 scaling study; its parameter counts are those of untied
            // tables.
            core("gpt-1.7b-core", 24, 2048, 16),
            core("gpt-16b-core", 32, 6144, 48),
            core("gpt-32b-core", 48, 7168, 56),
            core("gpt-119b-core", 92, 10_240, 80),
            core("gpt-177b-core", 96, 12_288, 96),
            core("gpt-314b-core", 96, 16_384, 128),
            core("gpt-462b-core", 112, 18_432, 144),
            // Zhang et al. 2022 (OPT), table 1; released vocabulary and position table.
            TransformerModel.gpt("opt-175b", 96, 12_288, 49_152, 96, 50_272, 2050),
            // llm-foundry, scripts/train/yamls/pretrain and scripts/train/benchmarking.
            mpt("mpt-125m", 12, 768, 12),
            mpt("mpt-350m", 24, 1024, 16),
            mpt("mpt-760m", 24, 1536, 12),
            mpt("mpt-1b", 24, 2048, 16),
            mpt("mpt-3b", 32, 2560, 20),
            mpt("mpt-7b", 32, 4096, 32),
            mpt("mpt-13b", 40, 5120, 40),
            mpt("mpt-30b", 48, 7168, 56),
            mpt("mpt-70b", 80, 8192, 64),
            // NVIDIA 2023 and Parmar et al. 2024 (Nemotron-4), table 1: squared ReLU without a gate.
            nemotron("nemotron-8b", 32, 4096, 16_384, 32, 32),
            nemotron("nemotron-15b", 32, 6144, 24_576, 48, 8),
            nemotron("nemotron-340b", 96, 18_432, 73_728, 96, 8));

    private GptPresets() {}

    private static TransformerModel core(String name, int layers, int hidden, int heads) {
        return TransformerModel.gpt(name, layers, hidden, 4 * hidden, heads, CORE_VOCABULARY, 4096)
                .with(new Vocabulary(CORE_VOCABULARY, false));
    }

    private static TransformerModel mpt(String name, int layers, int hidden, int heads) {
        return TransformerModel.mpt(name, layers, hidden, 4 * hidden, heads, MPT_VOCABULARY, 2048);
    }

    private static TransformerModel nemotron(String name, int layers, int hidden, int ffn, int heads, int kvHeads) {
        Block block = new Block(GroupedQueryAttention.of(heads, kvHeads, hidden / heads), new DenseMlp(ffn, false));
        return TransformerModel.of(name, layers, hidden, block, 256_000, false)
                .with(Style.LLAMA.with(NormKind.LAYER_NORM));
    }
}
