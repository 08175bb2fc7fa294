package trainyard.parallel.model.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.Model;

class ModelPresetsTest {

    /**
     * Parameter counts in 10^9 as the sources of the presets state them; to the last digit where the released weights can
     * be counted (Hugging Face model pages, torchvision model tables; BERT with both heads of pre-training).
     */
    @ParameterizedTest
    @CsvSource({
        "gpt2-1.5b, 1.56, 0.02",
        "gpt3-125m, 0.125, 0.001",
        "gpt3-350m, 0.356, 0.001",
        "gpt3-760m, 0.760, 0.004",
        "gpt3-1.3b, 1.3, 0.02",
        "gpt3-2.7b, 2.7, 0.07",
        "gpt3-6.7b, 6.7, 0.2",
        "gpt3-13b, 13, 0.2",
        "gpt-22b, 22, 0.8",
        "gpt3-175b, 175, 1",
        "gpt-530b, 530, 2",
        "gpt-1t, 1008, 3",
        "gpt-1.7b, 1.7, 0.05",
        "gpt-3.6b, 3.6, 0.05",
        "gpt-7.5b, 7.5, 0.1",
        "gpt-18b, 18.4, 0.1",
        "gpt-39b, 39.1, 0.1",
        "gpt-76b, 76.1, 0.1",
        "gpt-145b, 145.6, 0.2",
        "gpt-310b, 310.1, 0.3",
        "bloom-176b, 176.25, 0.1",
        "gpt-1.2b, 1.16, 0.005",
        "gpt-2b, 2.03, 0.005",
        "gpt-4.2b, 4.24, 0.005",
        "gpt-8.7b, 8.67, 0.005",
        "gpt-1.5b-zb, 1.5, 0.05",
        "gpt-6.2b-zb, 6.2, 0.05",
        "gpt-14.6b-zb, 14.6, 0.05",
        "gpt-28.3b-zb, 28.3, 0.05",
        "gpt3-5b, 5, 0.1",
        "gpt-1.7b-core, 1.7, 0.06",
        "gpt-16b-core, 16, 0.5",
        "gpt-32b-core, 32, 0.5",
        "gpt-119b-core, 119, 0.6",
        "gpt-177b-core, 177, 0.5",
        "gpt-314b-core, 314, 0.5",
        "gpt-462b-core, 462, 0.5",
        "opt-175b, 175, 0.5",
        "mpt-125m, 0.1253, 0.0001",
        "mpt-350m, 0.356, 0.0001",
        "mpt-760m, 0.7605, 0.0001",
        "mpt-1b, 1.316, 0.0001",
        "mpt-3b, 2.6518, 0.0001",
        "mpt-7b, 6.6589, 0.0001",
        "mpt-13b, 12.854, 0.0001",
        "mpt-30b, 29.9752, 0.0001",
        "mpt-70b, 64.8624, 0.0001",
        "nemotron-8b, 8.5, 0.1",
        "nemotron-15b, 15.6, 0.1",
        "nemotron-340b, 341, 0.1",
        "llama2-7b, 6.738, 0.001",
        "llama2-13b, 13.016, 0.001",
        "llama2-34b, 33.74, 0.01",
        "llama2-70b, 68.977, 0.001",
        "llama3-8b, 8.030, 0.001",
        "llama3-70b, 70.554, 0.001",
        "llama3-405b, 405.853, 0.001",
        "mistral-7b, 7.242, 0.001",
        "qwen2.5-7b, 7.616, 0.001",
        "qwen3-8b, 8.191, 0.001",
        "qwen3-32b, 32.762, 0.001",
        "gemma-2b, 2.506, 0.001",
        "gemma-7b, 8.538, 0.001",
        "gemma2-9b, 9.242, 0.001",
        "gemma2-27b, 27.227, 0.001",
        "mixtral-8x7b, 46.703, 0.001",
        "mixtral-8x22b, 140.63, 0.01",
        "deepseek-v3, 671.03, 0.01",
        "kimi-k2, 1026.4, 0.1",
        "qwen3-30b-a3b, 30.532, 0.001",
        "qwen3-235b-a22b, 235.09, 0.01",
        "gpt-oss-20b, 20.91, 0.01",
        "gpt-oss-120b, 116.83, 0.01",
        "bert-base, 0.110106428, 1e-12",
        "bert-large, 0.336226108, 1e-12",
        "bert-4b, 4, 0.2",
        "t5-large, 0.737668096, 1e-12",
        "t5-3b, 2.851598336, 1e-12",
        "t5-11b, 11.307321344, 1e-12",
        "t5-3b-v1.1, 2.849757184, 1e-12",
        "mt5-3b, 3.742619648, 1e-12",
        "vit-b-16, 0.086567656, 1e-12",
        "vit-l-16, 0.304326632, 1e-12",
        "vit-h-14, 0.632045800, 1e-12",
        "resnet-50, 0.025557032, 1e-12",
        "resnet-101, 0.044549160, 1e-12",
        "vgg-16, 0.138357544, 1e-12",
        "inception-v3, 0.023834568, 1e-12",
        "mlp-digits, 0.000266610, 1e-12"
    })
    void parameterCountsAreThePublishedOnes(String name, double billions, double tolerance) {
        assertThat(ModelPresets.named(name).parameters() / 1e9).isCloseTo(billions, within(tolerance));
    }

    /** Active parameters in 10^9 as the model's report states them. */
    @ParameterizedTest
    @CsvSource({
        "mixtral-8x7b, 12.88, 0.01",
        "mixtral-8x22b, 39, 0.5",
        "deepseek-v3, 37, 0.6",
        "kimi-k2, 32.6, 0.3",
        "qwen3-30b-a3b, 3.3, 0.06",
        "qwen3-235b-a22b, 22, 0.3"
    })
    void activeParametersAreThePublishedOnes(String name, double billions, double tolerance) {
        assertThat(ModelPresets.named(name).activeParameters() / 1e9).isCloseTo(billions, within(tolerance));
    }

    /** The gpt-oss model card counts the table of the output but not that of the input: 5.13 and 3.61 billion. */
    @ParameterizedTest
    @CsvSource({"gpt-oss-120b, 5.13", "gpt-oss-20b, 3.61"})
    void gptOssCountsOneTable(String name, double billions) {
        double input = 201_088.0 * 2880;

        assertThat((ModelPresets.named(name).activeParameters() - input) / 1e9).isCloseTo(billions, within(0.005));
    }

    /**
     * Multiply-adds in 10^9 of one image, as torchvision's model tables print them (GFLOPS column; products and
     * convolutions only).
     */
    @ParameterizedTest
    @CsvSource({
        "resnet-50, 4.09, 0.005",
        "resnet-101, 7.80, 0.005",
        "vgg-16, 15.47, 0.005",
        "inception-v3, 5.71, 0.005",
        "vit-b-16, 17.56, 0.02",
        "vit-l-16, 61.55, 0.02",
        "vit-h-14, 167.29, 0.03"
    })
    void multiplyAddsOfAnImageAreThePublishedOnes(String name, double billions, double tolerance) {
        assertThat(ModelPresets.named(name).forwardFlops(1, 1) / 2e9).isCloseTo(billions, within(tolerance));
    }

    @Test
    void namesAreUnique() {
        assertThat(ModelPresets.all().stream().map(Model::name)).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownNameListsAll() {
        assertThatThrownBy(() -> ModelPresets.named("gpt5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpt3-175b");
    }
}
