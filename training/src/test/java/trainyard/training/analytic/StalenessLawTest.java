package trainyard.training.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Means and variances against those that follow from the chances of each staleness. */
class StalenessLawTest {

    private static final double CLOSE = 1e-9;

    /** Far enough that what is left out is less than rounding. */
    private static final int ALL = 2_000;

    private static double mean(IntToDoubleFunction mass) {
        double sum = 0;
        for (int staleness = 0; staleness < ALL; staleness++) {
            sum += staleness * mass.applyAsDouble(staleness);
        }
        return sum;
    }

    private static double variance(IntToDoubleFunction mass) {
        double mean = mean(mass);
        double sum = 0;
        for (int staleness = 0; staleness < ALL; staleness++) {
            sum += (staleness - mean) * (staleness - mean) * mass.applyAsDouble(staleness);
        }
        return sum;
    }

    private static double total(IntToDoubleFunction mass) {
        double sum = 0;
        for (int staleness = 0; staleness < ALL; staleness++) {
            sum += mass.applyAsDouble(staleness);
        }
        return sum;
    }

    @Test
    void equalWorkersHaveTheMomentsOfTheirChances() {
        IntToDoubleFunction mass = staleness -> StalenessLaw.mass(8, staleness);

        assertThat(total(mass)).isCloseTo(1, within(CLOSE));
        assertThat(mean(mass)).isCloseTo(7, within(CLOSE));
        assertThat(StalenessLaw.mean(8)).isEqualTo(7);
        assertThat(StalenessLaw.deterministic(8)).isEqualTo(7);
        assertThat(StalenessLaw.variance(8)).isEqualTo(56).isCloseTo(variance(mass), within(1e-6));
        assertThat(StalenessLaw.atMost(8, 2))
                .isCloseTo(mass.applyAsDouble(0) + mass.applyAsDouble(1) + mass.applyAsDouble(2), within(CLOSE));
    }

    /** Of rates 1, 2 and 5 the second worker pushes one time in four: geometric with 3 / 1 between, 12 its variance. */
    @Test
    void aWorkerIsAsStaleAsTheOthersAreFast() {
        List<Double> rates = List.of(1.0, 2.0, 5.0);

        assertThat(StalenessLaw.meanOfWorker(rates, 1)).isCloseTo(3, within(CLOSE));
        assertThat(StalenessLaw.varianceOfWorker(rates, 1)).isCloseTo(12, within(CLOSE));
        assertThat(StalenessLaw.meanOfWorker(rates, 0)).isCloseTo(7, within(CLOSE));
    }

    @Test
    void versionsOfTheKFamiliesHaveTheMomentsOfTheirChances() {
        IntToDoubleFunction async = versions -> StalenessLaw.kAsyncMass(2, 8, versions);
        IntToDoubleFunction batch = versions -> StalenessLaw.kBatchAsyncMass(3, 8, versions);

        assertThat(total(async)).isCloseTo(1, within(CLOSE));
        assertThat(StalenessLaw.kAsyncMean(2, 8)).isEqualTo(3).isCloseTo(mean(async), within(CLOSE));
        assertThat(StalenessLaw.kAsyncVariance(2, 8)).isEqualTo(12).isCloseTo(variance(async), within(1e-6));
        assertThat(total(batch)).isCloseTo(1, within(CLOSE));
        assertThat(StalenessLaw.kBatchAsyncMean(3, 8)).isCloseTo(7 / 3.0, within(CLOSE));
        assertThat(mean(batch)).isCloseTo(7 / 3.0, within(CLOSE));
    }
}
