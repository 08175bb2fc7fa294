package trainyard.sim.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void tallyOfFourValues() {
        Tally tally = Tally.of(2, 4, 4, 6);
        assertThat(tally.count()).isEqualTo(4);
        assertThat(tally.mean()).isEqualTo(4);
        assertThat(tally.variance()).isCloseTo(8.0 / 3, within(1e-15));
        assertThat(tally.min()).isEqualTo(2);
        assertThat(tally.max()).isEqualTo(6);
        assertThat(tally.sum()).isEqualTo(16);
    }

    @Test
    void tallyLosesNothingToALargeOffset() {
        Tally tally = Tally.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
        assertThat(tally.variance()).isCloseTo(30, within(1e-9));
    }

    @Test
    void tallyOfNothingIsNotANumber() {
        assertThat(new Tally().mean()).isNaN();
        assertThat(Tally.of(3).variance()).isNaN();
        assertThatThrownBy(() -> Tally.of(Double.NaN)).hasMessageContaining("value (NaN)");
    }

    @Test
    void timeAverageWeighsLevelsByTheirTime() {
        TimeAverage queue = new TimeAverage(100, 0);
        queue.change(110, 2);
        queue.change(130, -1);
        assertThat(queue.integral(140)).isEqualTo(2 * 20 + 10);
        assertThat(queue.mean(140)).isEqualTo(50 / 40.0);
        assertThat(queue.level()).isEqualTo(1);
        assertThat(queue.min()).isZero();
        assertThat(queue.max()).isEqualTo(2);
        assertThatThrownBy(() -> queue.set(129, 0)).hasMessageContaining("lies before the last change (130 ns)");
    }

    /** t(9, 0.975) = 2.262 (tables of Student's distribution). */
    @Test
    void studentIntervalOfTenValues() {
        MeanEstimate estimate = MeanEstimate.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.95);
        double s = Math.sqrt(82.5 / 9);
        Interval interval = estimate.interval().orElseThrow();
        assertThat(estimate.mean()).isEqualTo(5.5);
        assertThat(interval.halfWidth()).isCloseTo(2.262157 * s / Math.sqrt(10), within(1e-6));
    }

    @Test
    void oneObservationHasNoInterval() {
        MeanEstimate estimate = MeanEstimate.of(new double[] {3}, 0.95);
        assertThat(estimate.interval()).isEmpty();
    }

    @Test
    void quantilesInterpolate() {
        Quantiles quantiles = new Quantiles(4, 1, 3, 2);
        assertThat(quantiles.quantile(0)).isEqualTo(1);
        assertThat(quantiles.median()).isEqualTo(2.5);
        assertThat(quantiles.quantile(0.9)).isCloseTo(3.7, within(1e-12));
        assertThat(quantiles.quantile(1)).isEqualTo(4);
    }

    /** What never ends counts as infinite; it makes no quantile NaN. 0.55 x 100 is 55.00000000000001 in binary. */
    @Test
    void infiniteValuesCountInAQuantile() {
        double never = Double.POSITIVE_INFINITY;
        Quantiles three = new Quantiles(10, 20, never);
        assertThat(three.median()).isEqualTo(20);
        assertThat(three.quantile(0.6)).isEqualTo(never);
        assertThat(three.quantile(1)).isEqualTo(never);
        assertThat(new Quantiles(never, never).median()).isEqualTo(never);
        Quantiles many = new Quantiles(IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> i <= 55 ? i : never)
                .toArray());
        assertThat(many.quantile(0.55)).isEqualTo(55);
    }

    /** For n = 10 the interval from the 2nd to the 9th value covers the median with 97.9 % (binomial table). */
    @Test
    void medianIntervalOfTenValues() {
        Quantiles quantiles = new Quantiles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Interval interval = quantiles.interval(0.5, 0.95).orElseThrow();
        assertThat(interval.low()).isEqualTo(2);
        assertThat(interval.high()).isEqualTo(9);
        assertThat(new Quantiles(1, 2, 3, 4, 5).interval(0.5, 0.95)).isEmpty();
        assertThat(quantiles.interval(0.99, 0.95)).isEmpty();
    }

    /** Groups of one value each are independent values, so that the interval is Student's. */
    @Test
    void clusteredSampleOfSingleValuesIsAPlainSample() {
        double[] values = {1, 2, 4, 8, 16};
        ClusteredSample sample = new ClusteredSample(
                java.util.Arrays.stream(values).mapToObj(v -> new double[] {v}).toList());
        Interval plain = MeanEstimate.of(values, 0.95).interval().orElseThrow();
        Interval clustered = sample.meanInterval(0.95).orElseThrow();
        assertThat(sample.mean()).isEqualTo(6.2);
        assertThat(clustered.low()).isCloseTo(plain.low(), within(1e-12));
        assertThat(clustered.high()).isCloseTo(plain.high(), within(1e-12));
        assertThat(sample.quantile(0.5)).isEqualTo(4);
        assertThat(sample.quantileInterval(0.99, 0.95)).isEmpty();
    }
}
