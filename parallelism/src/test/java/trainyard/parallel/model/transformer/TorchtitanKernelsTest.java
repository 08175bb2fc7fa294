package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** Bytes of torchtitan's attention beside its products, counted by hand for 32 query and 8 key heads of 128, 16 bits each. */
class TorchtitanKernelsTest {

    private static final int S = 8192;
    private static final int QUERIES = 32 * 128;
    private static final int KEYS = 8 * 128;

    private static List<Operator> operators(String software, Attention attention, int context) {
        List<Operator> operators = new ArrayList<>();
        Shard shard = new Shard(1, S, new Split(1, false, context, 1, 1), Precision.BF16, AttentionKernel.FLASH_2)
                .with(SoftwareProfiles.named(software).elementKernels());
        attention.addOperators(4096, PositionEncoding.ROTARY, Style.LLAMA, shard, operators);
        return operators;
    }

    private static List<Operator> operators(String software, int context) {
        return operators(software, GroupedQueryAttention.of(32, 8, 128), context);
    }

    private static Operator.Streaming streaming(List<Operator> operators, String name) {
        return operators.stream()
                .filter(operator -> operator.name().equals(name))
                .map(Operator.Streaming.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Cast: 2 read, 4 written; multiplied: 4 and 4; cast back: 4 and 2. In one kernel 2 and 2. */
    @Test
    void complexNumbersPassOverMemoryThreeTimes() {
        double elements = (double) S * (QUERIES + KEYS);
        Operator.Streaming complex = streaming(operators("torchtitan-2024", 1), "rotary");
        assertThat(complex.forwardBytes()).isEqualTo(20 * elements);
        assertThat(complex.backwardBytes()).isEqualTo(20 * elements);
        assertThat(complex.forwardKernels()).isEqualTo(6);
        Operator.Streaming plain = streaming(operators("torch-fsdp-compile", 1), "rotary");
        assertThat(plain.forwardBytes()).isEqualTo(4 * elements);
        assertThat(plain.forwardKernels()).isEqualTo(2);
    }

    /** Of latent attention the parts that carry the position: 64 of each of 16 heads and of the key that all share. */
    @Test
    void latentAttentionRotatesAndMergesAlike() {
        LatentAttention latent = new LatentAttention(16, 0, 512, 64, 128, 128);
        List<Operator> operators = operators("torchtitan-2024", latent, 2);
        double tokens = S / 2.0;
        assertThat(streaming(operators, "rotary").forwardBytes()).isEqualTo(20 * tokens * (16 + 1) * 64);
        assertThat(streaming(operators("torch-fsdp-compile", latent, 2), "rotary")
                        .forwardBytes())
                .isEqualTo(4 * tokens * (16 + 1) * 64);
        assertThat(streaming(operators, "context merge").forwardBytes())
                .isEqualTo(tokens * 16 * 128 * (6 * 1.75 + 32 * 0.75 + 8 * 0.5 + 6));
        assertThat(streaming(operators, "context merge").backwardBytes())
                .isEqualTo(tokens * 16 * (192 * 1.75 * 10 + 2 * (192 + 128) * 18));
    }

    /** Two tensors: 1,024 values a token read and 4,096 written, backward the other way round. */
    @Test
    void keysAndValuesAreWrittenForEveryQueryHead() {
        double bytes = 2.0 * 2 * S * (KEYS + QUERIES);
        assertThat(streaming(operators("torchtitan-2024", 1), "key-value copies")
                        .forwardBytes())
                .isEqualTo(bytes);
        assertThat(operators("torch-fsdp-compile", 1))
                .noneMatch(operator -> operator.name().equals("key-value copies"));
        assertThat(operators("torchtitan-2024", GroupedQueryAttention.of(32, 32, 128), 1))
                .noneMatch(operator -> operator.name().equals("key-value copies"));
    }

    /** Context ranks send what is written out: four times the bytes of the eight heads. */
    @Test
    void contextRanksSendTheCopies() {
        assertThat(sent("torchtitan-2024")).isEqualTo(2.0 * 2 * S / 4 * QUERIES);
        assertThat(sent("torch-fsdp-compile")).isEqualTo(2.0 * 2 * S / 4 * KEYS);
    }

    private static double sent(String software) {
        return operators(software, 4).stream()
                .filter(Operator.ContextExchange.class::isInstance)
                .map(Operator.ContextExchange.class::cast)
                .findFirst()
                .orElseThrow()
                .keyValueBytes();
    }

    /**
     * Two ranks: two results cast (6 bytes a value), the second on half of the queries or on all, 0.75 of them in the mean;
     * merged by three operations of two reads or one and a write (12, 8 and 12 bytes), half put back with a copy (8) every
     * other time; the sum cast back (6).
     */
    @Test
    void twoPartsMergeOnce() {
        double queries = (double) S / 2 * QUERIES;
        Operator.Streaming merge = streaming(operators("torchtitan-2024", 2), "context merge");
        assertThat(merge.forwardBytes()).isEqualTo(queries * (6 * 1.75 + 32 * 0.75 + 8 * 0.5 + 6));
        double sums = queries * 1.75 * (2 + 4 + 4);
        double keyValues = 2 * queries * 2 * (2 + 16);
        assertThat(merge.backwardBytes()).isEqualTo(sums + keyValues);
        assertThat(operators("torchtitan-2024", 1))
                .noneMatch(operator -> operator.name().equals("context merge"));
    }
}
