package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class CheckpointIntervalTest {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(41);

    /** A sweep in steps of 0.1 % finds no interval that is better by more than rounding. */
    @Test
    void theExactOptimumIsTheLeastOfTheExpectedTimePerWork() {
        for (int i = 0; i < 200; i++) {
            double mtbf = Math.exp(random.nextDouble(4, 14));
            double checkpoint = mtbf * Math.exp(random.nextDouble(-12, 1));
            double restore = mtbf * random.nextDouble();
            double downtime = mtbf * random.nextDouble();
            double best = CheckpointInterval.exactSeconds(checkpoint, mtbf);
            DoubleUnaryOperator timePerWork =
                    work -> new SegmentTime(work, checkpoint, restore, downtime, mtbf).expectedSeconds() / work;
            double least = timePerWork.applyAsDouble(best);
            for (double factor = 0.5; factor < 2; factor *= 1.001) {
                assertThat(timePerWork.applyAsDouble(best * factor)).isGreaterThanOrEqualTo(least * (1 - 1e-12));
            }
        }
    }

    @Test
    void lambertsFunctionSolvesItsEquationFromTheBranchPointToFarAway() {
        assertThat(LambertW.onePlusPrincipal(0)).isZero();
        for (double c = 1e-14; c < 30; c *= 1.7) {
            double y = LambertW.onePlusPrincipal(c);
            assertThat((y - 1) * Math.exp(y - 1)).isCloseTo(-Math.exp(-1 - c), within(1e-15));
            // y^2/2 + y^3/3 < c < y^2/2 + y^3/3 + y^4/(4 (1 - y)), the tail of the series
            double series = y * y / 2 + y * y * y / 3;
            assertThat(series).isLessThanOrEqualTo(c * (1 + 1e-8));
            assertThat(series + Math.pow(y, 4) / (4 * (1 - y))).isGreaterThanOrEqualTo(c * (1 - 1e-8));
        }
    }

    @Test
    void allAuthorsAgreeWhereFailuresAreRare() {
        double mtbf = 1e8;
        double exact = CheckpointInterval.exactSeconds(1, mtbf);
        assertThat(CheckpointInterval.youngSeconds(1, mtbf)).isCloseTo(exact, within(1e-3 * exact));
        assertThat(CheckpointInterval.dalyFirstOrderSeconds(1, mtbf, 60)).isCloseTo(exact, within(1e-3 * exact));
        assertThat(CheckpointInterval.dalyHigherOrderSeconds(1, mtbf)).isCloseTo(exact, within(1e-9 * exact));
        assertThat(CheckpointInterval.saxenaPeriodSeconds(1, mtbf, 60)).isCloseTo(exact, within(1e-3 * exact));
    }

    /** Roots that come out even: of 4 x 400, of 4 x 100, and of 4 + 4 x 399. */
    @Test
    void theFormsOfTheAuthorsAreThoseCountedByHand() {
        assertThat(CheckpointInterval.youngSeconds(2, 100)).isCloseTo(20, within(1e-12));
        assertThat(CheckpointInterval.dalyFirstOrderSeconds(2, 350, 50)).isCloseTo(40 - 2, within(1e-12));
        assertThat(CheckpointInterval.dalyHigherOrderSeconds(2, 100))
                .isCloseTo(20 * (1 + 0.1 / 3 + 0.01 / 9) - 2, within(1e-12));
        assertThat(CheckpointInterval.saxenaPeriodSeconds(2, 349, 50)).isCloseTo(2 + 40, within(1e-12));
    }

    @Test
    void dalysHigherOrderStaysClosestToTheExactOptimum() {
        for (double share = 1e-4; share < 0.5; share *= 2) {
            double exact = CheckpointInterval.exactSeconds(share, 1);
            double higher = Math.abs(CheckpointInterval.dalyHigherOrderSeconds(share, 1) - exact);
            assertThat(higher).isLessThan(Math.abs(CheckpointInterval.youngSeconds(share, 1) - exact));
        }
        assertThat(CheckpointInterval.dalyHigherOrderSeconds(3, 1)).isEqualTo(1);
    }

    /** Availability (T - Ts) / (T (1 + (Tr + T/2) / Tf)), which the paper maximises, up to a constant. */
    @Test
    void saxenasPeriodHasTheBestAvailability() {
        double best = CheckpointInterval.saxenaPeriodSeconds(60, 10_000, 900);
        DoubleUnaryOperator availability = period -> (period - 60) / period / (1 + (900 + period / 2) / 10_000);
        for (double factor = 0.5; factor < 2; factor *= 1.01) {
            assertThat(availability.applyAsDouble(best * factor))
                    .isLessThanOrEqualTo(availability.applyAsDouble(best) + 1e-15);
        }
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> CheckpointInterval.youngSeconds(0, 1)).hasMessageContaining("checkpointSeconds (0.0)");
        assertThatThrownBy(() -> CheckpointInterval.exactSeconds(1, Double.NaN)).hasMessageContaining("mtbfSeconds");
    }
}
