package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

class AttentionTest {

    private static final int S = 4096;

    private static List<Operator> operators(Attention attention, int hidden, Split split) {
        List<Operator> operators = new ArrayList<>();
        Shard shard = new Shard(1, S, split, Precision.BF16, AttentionKernel.FLASH_2);
        attention.addOperators(hidden, PositionEncoding.ROTARY, Style.LLAMA, shard, operators);
        return operators;
    }

    private static Operator.FlashAttention core(List<Operator> operators) {
        return operators.stream()
                .filter(Operator.FlashAttention.class::isInstance)
                .map(Operator.FlashAttention.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /**
     * DeepSeek-V3, section 4.2: 7168 wide, 128 heads, latents of 1536 and 512, heads of 128 + 64 and values of 128. The
     * sum of the shapes of the released tensors of one layer: q_a, q_b, kv_a, kv_b, o and the two norms.
     */
    @Test
    void latentAttentionHasTheReleasedParameters() {
        LatentAttention attention = new LatentAttention(128, 1536, 512, 64, 128, 128);
        double released = 7168.0 * 1536
                + 1536
                + 1536.0 * 128 * 192
                + 7168.0 * (512 + 64)
                + 512
                + 512.0 * 128 * 256
                + 128.0 * 128 * 7168;

        assertThat(attention.parametersPerRank(7168, Split.NONE, Biases.NONE).total())
                .isEqualTo(released)
                .isCloseTo(187.1e6, within(0.1e6));
        double products = Operator.modelFlops(operators(attention, 7168, Split.NONE));
        double scores = 2.0 * S * S * 128 * (192 + 128);
        assertThat(products).isCloseTo(2 * S * (released - 1536 - 512) + scores, within(1.0));
    }

    /** A causal window of w of s tokens: each of the last s - w queries sees w keys, the first ones half as many. */
    @Test
    void aWindowSparesWhatLiesOutsideIt() {
        GroupedQueryAttention all = GroupedQueryAttention.of(32, 8, 128);
        double causal = core(operators(all, 4096, Split.NONE)).forwardFlops();
        double windowed =
                core(operators(all.withWindow(1024), 4096, Split.NONE)).forwardFlops();
        double pairs = 1024.0 * S - 1024.0 * 1024 / 2;

        assertThat(windowed / causal).isCloseTo(pairs / (0.5 * S * S), within(1e-12));
        assertThat(core(operators(all.withWindow(2 * S), 4096, Split.NONE)).forwardFlops())
                .isEqualTo(causal);
    }

    /** Four context ranks hold a quarter of the queries each, meet all keys, and exchange their part of the keys. */
    @Test
    void contextRanksSplitTheQueries() {
        GroupedQueryAttention attention = GroupedQueryAttention.of(32, 8, 128);
        double whole = core(operators(attention, 4096, Split.NONE)).forwardFlops();
        List<Operator> split = operators(attention, 4096, new Split(1, false, 4, 1, 1));
        Operator.ContextExchange exchange = split.stream()
                .filter(Operator.ContextExchange.class::isInstance)
                .map(Operator.ContextExchange.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(core(split).forwardFlops()).isEqualTo(whole / 4);
        assertThat(exchange.keyValueBytes()).isEqualTo(2.0 * S / 4 * 2 * 8 * 128);
        assertThat(exchange.queryOutputBytes()).isEqualTo(2.0 * S / 4 * 2 * 32 * 128);
    }

    /** Dao et al. 2022: the backward pass has five products for the forward pass's two. */
    @Test
    void backwardIsTwoAndAHalfTimesForward() {
        Operator.FlashAttention core = core(operators(GroupedQueryAttention.of(32, 8, 128), 4096, Split.NONE));

        assertThat(core.backwardFlops()).isEqualTo(2.5 * core.forwardFlops());
    }
}
