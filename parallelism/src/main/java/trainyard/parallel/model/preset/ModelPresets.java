package trainyard.parallel.model.preset;

import java.util.List;
import trainyard.parallel.model.transformer.TransformerModel;

/**
 * Published models by name. Vocabularies of the Megatron models are padded as their training padded them (multiples of
 * 128 x tensor degree).
 */
public final class ModelPresets {

    /** GPT-2's 50,257 tokens padded to a multiple of 128 x 8 (Megatron-LM default for 8 tensor ranks). */
    private static final int GPT_VOCABULARY = 51_200;

    /** The same on one tensor rank. */
    private static final int SMALL_GPT_VOCABULARY = 50_304;

    private static final List<TransformerModel> ALL = List.of(
            // Radford et al. 2019, table 2: 48 layers, width 1600; 25 heads as in the released configuration.
            TransformerModel.gpt("gpt2-1.5b", 48, 1600, 6400, 25, SMALL_GPT_VOCABULARY, 1024),
            // Brown et al. 2020 (GPT-3), table 2.1; heads where the table's do not fill the width: 1.3B has 16 x 128
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
            // Touvron et al. 2023 (Llama 2), released configurations.
            TransformerModel.llama("llama2-7b", 32, 4096, 11_008, 32, 32, 32_000),
            TransformerModel.llama("llama2-13b", 40, 5120, 13_824, 40, 40, 32_000),
            TransformerModel.llama("llama2-70b", 80, 8192, 28_672, 64, 8, 32_000),
            // Grattafiori et al. 2024 (Llama 3), table 3; vocabulary as released.
            TransformerModel.llama("llama3-8b", 32, 4096, 14_336, 32, 8, 128_256),
            TransformerModel.llama("llama3-70b", 80, 8192, 28_672, 64, 8, 128_256),
            TransformerModel.llama("llama3-405b", 126, 16_384, 53_248, 128, 8, 128_256));

    private ModelPresets() {}

    /** Every preset, grouped by family. */
    public static List<TransformerModel> all() {
        return ALL;
    }

    /**
     * The preset of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static TransformerModel named(String name) {
        return ALL.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names =
                            ALL.stream().map(TransformerModel::name).toList();
                    return new IllegalArgumentException(
                            "no model '" + name + "'; there are " + String.join(", ", names));
                });
    }
}
