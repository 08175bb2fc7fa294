package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.collective.Collective;
import trainyard.sim.hardware.Precision;

/** Attention and MLP beside each other, behind two norms or one. */
class ParallelPartsTest {

    private static final int HIDDEN = 4096;
    private static final int S = 2048;
    private static final double STREAM = 2.0 * S * HIDDEN;

    private static final Style SERIAL = Style.GPT.withDropout(false);

    private static TransformerLayer layer(Style style, Mlp mlp) {
        Block block = new Block(GroupedQueryAttention.multiHead(HIDDEN, 32), mlp);
        return new TransformerLayer(HIDDEN, block, PositionEncoding.ROTARY, style);
    }

    private static List<Operator> operators(Style style, int tensor) {
        Shard shard = new Shard(1, S, Split.tensor(tensor, false), Precision.BF16, AttentionKernel.FLASH_2);
        return layer(style, new DenseMlp(4 * HIDDEN, false)).operators(shard);
    }

    private static long exchanges(Style style, boolean forward) {
        return operators(style, 4).stream()
                .filter(Operator.TensorCollective.class::isInstance)
                .map(Operator.TensorCollective.class::cast)
                .filter(exchange ->
                        (forward ? exchange.forward() : exchange.backward()).equals(Optional.of(Collective.ALL_REDUCE)))
                .count();
    }

    private static double saved(Style style) {
        return operators(style, 1).stream().mapToDouble(Operator::savedBytes).sum();
    }

    private static double parameters(Style style) {
        return layer(style, new DenseMlp(4 * HIDDEN, false))
                .parametersPerRank(Split.NONE)
                .total();
    }

    /** Shoeybi et al. 2019, section 3, have two sums each way; beside each other there is one forward. */
    @Test
    void tensorRanksSumOnceForwardAndOnceForEachNormBackward() {
        assertThat(exchanges(SERIAL, true)).isEqualTo(2);
        assertThat(exchanges(SERIAL, false)).isEqualTo(2);
        assertThat(exchanges(SERIAL.withParallelResidual(true), true)).isOne();
        assertThat(exchanges(SERIAL.withParallelResidual(true), false)).isEqualTo(2);
        assertThat(exchanges(SERIAL.withSharedNorm(), true)).isOne();
        assertThat(exchanges(SERIAL.withSharedNorm(), false)).isOne();
    }

    /** Two norms share their input, which serial parts do not; behind one norm the products share theirs too. */
    @Test
    void whatBothReadIsKeptOnce() {
        assertThat(saved(SERIAL) - saved(SERIAL.withParallelResidual(true))).isEqualTo(STREAM);
        assertThat(saved(SERIAL) - saved(SERIAL.withSharedNorm())).isEqualTo(2 * STREAM);
    }

    @Test
    void oneNormIsLess() {
        assertThat(parameters(SERIAL)).isEqualTo(parameters(SERIAL.withParallelResidual(true)));
        assertThat(parameters(SERIAL) - parameters(SERIAL.withSharedNorm())).isEqualTo(2.0 * HIDDEN);
        assertThatThrownBy(() -> SERIAL.withNormsPerBlock(1)).hasMessageContaining("beside each other");
    }

    /** The stream is read and written as often as before: both parts are added to something. */
    @Test
    void bothPartsAreAdded() {
        for (Style style : List.of(SERIAL, SERIAL.withParallelResidual(true), SERIAL.withSharedNorm())) {
            assertThat(operators(style, 1))
                    .extracting(Operator::name)
                    .containsOnlyOnce("attention residual", "mlp residual");
        }
    }

    @Test
    void scalesOfQueriesAndKeysAreCounted() {
        GroupedQueryAttention plain = GroupedQueryAttention.of(32, 8, 128);
        double none = plain.parametersPerRank(HIDDEN, Split.NONE, Biases.NONE).total();

        assertThat(plain.with(QueryKeyNorm.PLAIN)
                        .parametersPerRank(HIDDEN, Split.NONE, Biases.NONE)
                        .total())
                .isEqualTo(none);
        assertThat(plain.with(QueryKeyNorm.EACH_HEAD)
                                .parametersPerRank(HIDDEN, Split.NONE, Biases.NONE)
                                .total()
                        - none)
                .isEqualTo(2 * 128);
        assertThat(plain.with(QueryKeyNorm.ALL_HEADS)
                                .parametersPerRank(HIDDEN, Split.NONE, Biases.NONE)
                                .total()
                        - none)
                .isEqualTo((32 + 8) * 128);
    }
}
