package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** Bytes that the kernels between the products of a GPT layer move for each value of the stream, 16 bits each. */
class ElementKernelsTest {

    private static final int HIDDEN = 1024;
    private static final int TOKENS = 2 * 512;

    /**
     * GELU reads and writes 4 values for each of the stream. PyTorch 2.13 prints the graph of Megatron-LM's bias_gelu, warmed up
     * with inputs that require gradients, with seven arrays of that size beside the result. The bias of queries, keys and
     * values takes 3 reads and 3 writes where it is apart, that before dropout one of each.
     */
    @ParameterizedTest
    @CsvSource({
        "megatron-2021,      16, 12, 7, 1",
        "megatron-deepspeed, 16, 12, 7, 1",
        "megatron-2022,      72, 12, 7, 1",
        "megatron-2023,      72, 12, 11, 2"
    })
    void forward(String software, double gelu, double bias, double residual, int residualKernels) {
        assertThat(bytes(software, "gelu")).isEqualTo(gelu);
        assertThat(bytes(software, "qkv bias")).isEqualTo(bias);
        assertThat(bytes(software, "mlp residual")).isEqualTo(residual);
        assertThat(operator(software, "mlp residual").forwardKernels()).isEqualTo(residualKernels);
        assertThat(operator(software, "qkv bias").forwardKernels()).isOne();
    }

    /** Transformer Engine adds the bias within the product and does not use the script. */
    @ParameterizedTest
    @CsvSource({"megatron-core-2024", "megatron-bridge-2025"})
    void transformerEngineMovesNoMore(String software) {
        assertThat(bytes(software, "gelu")).isEqualTo(16);
        assertThat(bytes(software, "qkv bias")).isZero();
        assertThat(operator(software, "qkv bias").forwardKernels()).isZero();
    }

    /**
     * nvFuser compiles the script of GELU since Megatron-LM v3.0 (initialize.py, set_jit_fusion_options); before, PyTorch's own
     * fuser did, of whose gradient no time is known. It computes 4 gradients for each value of the stream.
     */
    @ParameterizedTest
    @CsvSource({
        "megatron-2021,        0",
        "megatron-deepspeed,   0",
        "megatron-2022,        4",
        "megatron-2023,        4",
        "megatron-core-2024,   0",
        "megatron-bridge-2025, 0"
    })
    void compiledGradients(String software, double gradients) {
        assertThat(operator(software, "gelu").compiledGradients() / (TOKENS * HIDDEN))
                .isEqualTo(gradients);
    }

    /** Forward one copy; backward the scale of two gradients and a copy of three. */
    @ParameterizedTest
    @CsvSource({"megatron-2021", "megatron-2022"})
    void attentionCopiesItsResultForwardAndThreeGradientsBackward(String software) {
        Operator.Streaming transpose = operator(software, "head transpose");
        assertThat(transpose.forwardBytes() / (TOKENS * HIDDEN)).isEqualTo(4);
        assertThat(transpose.backwardBytes() / (TOKENS * HIDDEN)).isEqualTo(2 * 4 + 3 * 4);
        assertThat(transpose.forwardKernels()).isOne();
        assertThat(transpose.backwardKernels()).isEqualTo(3);
    }

    /** What is written and not read is not kept. */
    @ParameterizedTest
    @CsvSource({"megatron-2021", "megatron-2023"})
    void geluKeepsItsInputAlone(String software) {
        assertThat(operator(software, "gelu").savedBytes()).isEqualTo(2.0 * 4 * TOKENS * HIDDEN);
    }

    private static double bytes(String software, String name) {
        return operator(software, name).forwardBytes() / (TOKENS * HIDDEN);
    }

    private static Operator.Streaming operator(String name, String operator) {
        SoftwareProfile software = SoftwareProfiles.named(name);
        Shard shard =
                new Shard(2, 512, Split.NONE, Precision.FP16, software.attention()).with(software.elementKernels());
        return TransformerModel.gpt("gpt", 1, HIDDEN, 4 * HIDDEN, 16, 51_200, 512)
                .layers()
                .get(1)
                .operators(shard)
                .stream()
                .filter(x -> x.name().equals(operator))
                .map(Operator.Streaming.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
