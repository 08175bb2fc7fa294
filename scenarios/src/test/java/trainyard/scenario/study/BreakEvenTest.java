package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.life.LifeMetrics;

class BreakEvenTest {

    private static final double[] PLACES = {1, 2, 4, 8};

    /** Two variants of which the first is worse by a function of place and replication. */
    private static Optional<BreakEven> breakEven(DoubleBinaryOperator difference) {
        return breakEven(difference, true);
    }

    private static Optional<BreakEven> breakEven(DoubleBinaryOperator difference, boolean logarithmic) {
        List<CellResult> cells = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            for (double x : PLACES) {
                List<Outcome> outcomes = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    double value = 0.5 + (variant.equals("a") ? difference.applyAsDouble(x, i) : 0);
                    outcomes.add(
                            new Outcome(Map.of(LifeMetrics.ETTR, value), Map.of(), Optional.empty(), Optional.empty()));
                }
                Cell cell = new Cell(cells.size(), Cell.Role.GRID, variant, Map.of("x", Double.toString(x)), List.of());
                cells.add(new CellResult(cell, outcomes));
            }
        }
        return BreakEven.of(
                cells, LifeMetrics.ETTR, "a", "b", cell -> Double.parseDouble(cell.coordinate("x")), logarithmic);
    }

    /** The difference rises by one hundredth per doubling and is zero at 3, where its interval ends are, too. */
    @Test
    void liesWhereTheMeanDifferenceCrossesZero() {
        double atThree = Math.log(3) / Math.log(2);
        BreakEven exact = breakEven((x, i) -> 0.01 * (Math.log(x) / Math.log(2) - atThree))
                .orElseThrow();
        assertThat(exact.place().orElseThrow()).isCloseTo(3, within(1e-9));
        assertThat(exact.atLow()).contains("b");

        BreakEven noisy = breakEven((x, i) -> 0.01 * (Math.log(x) / Math.log(2) - atThree) + 0.002 * (i % 2 - 0.5))
                .orElseThrow();
        assertThat(noisy.place().orElseThrow()).isCloseTo(3, within(1e-9));
        assertThat(noisy.low().orElseThrow()).isBetween(2.5, 2.99);
        assertThat(noisy.high().orElseThrow()).isBetween(3.01, 3.5);
    }

    /** From -1 at 2 to +1 at 4 zero lies at 3 over the number, and at the root of 8 over its logarithm. */
    @Test
    void liesWhereTheScaleOfTheNumberSays() {
        assertThat(breakEven((x, i) -> 0.01 * (x - 3), false)
                        .orElseThrow()
                        .place()
                        .orElseThrow())
                .isCloseTo(3, within(1e-9));
        assertThat(breakEven((x, i) -> 0.01 * (x - 3)).orElseThrow().place().orElseThrow())
                .isCloseTo(Math.sqrt(8), within(1e-9));
    }

    @Test
    void isUnknownWhereTheDataDoNotBracketIt() {
        BreakEven found = breakEven((x, i) -> 0.01 * x).orElseThrow();
        assertThat(found.place()).isEmpty();
        assertThat(found.atLow()).contains("a");
        assertThat(found.throughout()).contains("a");
    }

    /** Whoever is better only at some points, or not clearly at one, is not so throughout. */
    @Test
    void noneIsBetterThroughoutWhereOnePointDoesNotTell() {
        assertThat(breakEven((x, i) -> 0.01 * (x - 3)).orElseThrow().throughout())
                .isEmpty();
        BreakEven vague =
                breakEven((x, i) -> 0.01 * (x - 1) + 0.002 * (i % 2 - 0.5)).orElseThrow();
        assertThat(vague.place()).isEmpty();
        assertThat(vague.throughout()).isEmpty();
    }

    @Test
    void anIntervalMayReachBeyondTheSweep() {
        BreakEven found =
                breakEven((x, i) -> 0.001 * (x - 1.1) + 0.02 * (i % 2 - 0.5)).orElseThrow();
        assertThat(found.place()).isPresent();
        assertThat(found.low()).isEmpty();
    }

    /** A curve that touches zero and turns back crosses nothing; one that goes through a zero does so there. */
    @Test
    void touchingZeroIsNoBreakEven() {
        assertThat(breakEven((x, i) -> x == 2 ? 0 : 0.01).orElseThrow().place()).isEmpty();
        assertThat(breakEven((x, i) -> x == PLACES[PLACES.length - 1] ? 0 : 0.01)
                        .orElseThrow()
                        .place())
                .isEmpty();
        assertThat(breakEven((x, i) -> Math.signum(2 - x) * 0.01)
                        .orElseThrow()
                        .place()
                        .orElseThrow())
                .isEqualTo(2);
    }

    /** Where no point of the sweep tells the two apart, there is nothing to break even. */
    @Test
    void noiseAloneIsNoDifference() {
        BreakEven noise =
                breakEven((x, i) -> 0.0001 * (x - 2.5) + 0.05 * (i % 2 - 0.5)).orElseThrow();
        assertThat(noise.place()).isPresent();
        assertThat(noise.differs()).isFalse();
        assertThat(breakEven((x, i) -> 0.01 * (x - 2.5)).orElseThrow().differs())
                .isTrue();
    }
}
