package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AlphaBetaTest {

    private static final double ALPHA = 5e-6;
    private static final double BANDWIDTH = 25e9;
    private static final double BYTES = 1 << 30;

    @Test
    void ringAllReduceIsItsFormula() {
        for (int n = 1; n <= 100_000; n = 3 * n + 1) {
            double formula = 2.0 * (n - 1) / n * BYTES / BANDWIDTH + 2.0 * (n - 1) * ALPHA;
            assertThat(AlphaBeta.ringAllReduce(n, BYTES, ALPHA, BANDWIDTH)).isCloseTo(formula, withPercentage(1e-10));
        }
    }

    /** n = 8, S = 1 GiB, alpha = 5 us, B = 25 GB/s, worked by hand. S / B = 42.94967296 ms. */
    @Test
    void formsAtEightRanks() {
        double transfer = 0.04294967296;
        assertThat(AlphaBeta.sendRecv(BYTES, ALPHA, BANDWIDTH)).isCloseTo(transfer + 5e-6, exactly());
        assertThat(AlphaBeta.ringAllGather(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(0.875 * transfer + 35e-6, exactly());
        assertThat(AlphaBeta.allToAll(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(0.875 * transfer + 35e-6, exactly());
        assertThat(AlphaBeta.halvingDoublingAllReduce(8, BYTES, ALPHA, BANDWIDTH))
                .isCloseTo(1.75 * transfer + 30e-6, exactly());
        assertThat(AlphaBeta.binomialBroadcast(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(3 * transfer + 15e-6, exactly());
        assertThat(AlphaBeta.binomialAllReduce(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(6 * transfer + 30e-6, exactly());
        assertThat(AlphaBeta.treeAllReduce(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(3 * transfer + 30e-6, exactly());
        assertThat(AlphaBeta.doubleTreeAllReduce(8, BYTES, ALPHA, BANDWIDTH))
                .isCloseTo(2 * transfer + 30e-6, exactly());
        assertThat(AlphaBeta.nvlsAllReduce(8, BYTES, ALPHA, BANDWIDTH)).isCloseTo(1.125 * transfer + 5e-6, exactly());
        assertThat(AlphaBeta.chainBroadcast(8, BYTES, 10, ALPHA, BANDWIDTH))
                .isCloseTo(1.6 * transfer + 35e-6, exactly());
    }

    private static Percentage exactly() {
        return withPercentage(1e-10);
    }

    @Test
    void oneRankTakesNoTime() {
        assertThat(AlphaBeta.ringAllReduce(1, BYTES, ALPHA, BANDWIDTH)).isZero();
        assertThat(AlphaBeta.doubleTreeAllReduce(1, BYTES, ALPHA, BANDWIDTH)).isZero();
        assertThat(AlphaBeta.treeAllReduce(1, BYTES, ALPHA, BANDWIDTH)).isZero();
        assertThat(AlphaBeta.binomialAllReduce(1, BYTES, ALPHA, BANDWIDTH)).isZero();
        assertThat(AlphaBeta.chainBroadcast(1, BYTES, 4, ALPHA, BANDWIDTH)).isZero();
    }

    @Test
    void hierarchicalAddsItsStages() {
        var inside = new AlphaBeta.Link(1e-6, 240e9);
        var across = new AlphaBeta.Link(ALPHA, BANDWIDTH);
        double expected = AlphaBeta.ringAllReduce(8, BYTES, 1e-6, 240e9)
                + AlphaBeta.ringAllReduce(16, BYTES / 8, ALPHA, BANDWIDTH);
        assertThat(AlphaBeta.hierarchicalAllReduce(8, 16, BYTES, inside, across))
                .isCloseTo(expected, exactly());
    }

    @Test
    void halvingDoublingNeedsAPowerOfTwo() {
        assertThatThrownBy(() -> AlphaBeta.halvingDoublingAllReduce(6, 1, ALPHA, BANDWIDTH))
                .hasMessage("halving-doubling needs a power of two of ranks, got 6");
    }
}
