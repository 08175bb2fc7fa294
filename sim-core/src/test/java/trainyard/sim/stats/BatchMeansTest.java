package trainyard.sim.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchMeansTest {

    /** The definition of MSER-5, evaluated anew for every possible truncation. */
    private static int truncationByDefinition(double[] series) {
        int batches = series.length / 5;
        double[] z = new double[batches];
        for (int i = 0; i < batches; i++) {
            z[i] = Arrays.stream(series, 5 * i, 5 * i + 5).average().orElseThrow();
        }
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int d = 0; d < batches - 5; d++) {
            double mean = Arrays.stream(z, d, batches).average().orElseThrow();
            double squares = Arrays.stream(z, d, batches)
                    .map(x -> (x - mean) * (x - mean))
                    .sum();
            double statistic = squares / ((double) (batches - d) * (batches - d));
            if (statistic < least) {
                least = statistic;
                best = d;
            }
        }
        return best > batches / 2 ? -1 : 5 * best;
    }

    @Test
    void truncationIsThatOfTheDefinition() {
        for (int trial = 0; trial < 200; trial++) {
            double[] series = CoverageTest.autoregressive(trial, 50 + 7 * trial);
            assertThat(Mser5.truncation(series)).isEqualTo(truncationByDefinition(series));
        }
    }

    @Test
    void steadySeriesKeepsEverything() {
        double[] series = new double[300];
        Arrays.fill(series, 4);
        BatchMeans estimate = BatchMeans.of(series, 0.95);
        assertThat(estimate.mean()).isEqualTo(4);
        assertThat(estimate.truncated()).isZero();
        assertThat(estimate.batches()).isEqualTo(30);
        assertThat(estimate.interval().orElseThrow().halfWidth()).isZero();
    }

    @Test
    void warmUpIsDropped() {
        SplittableRandom random = new SplittableRandom(1);
        double[] series = new double[1000];
        for (int i = 0; i < series.length; i++) {
            series[i] = (i < 100 ? 50 : 10) + random.nextDouble();
        }
        BatchMeans estimate = BatchMeans.of(series, 0.95);
        assertThat(estimate.truncated()).isBetween(100, 120);
        assertThat(estimate.mean()).isCloseTo(10.5, within(0.1));
    }

    @Test
    void tooFewBatchesGiveNoInterval() {
        BatchMeans estimate = BatchMeans.of(new double[49], 0.95);
        assertThat(estimate.interval()).isEmpty();
        assertThat(estimate.refusal()).contains("fewer than 10 batches");
    }

    @Test
    void endlessDriftGivesNoInterval() {
        double[] series = new double[2000];
        for (int i = 0; i < series.length; i++) {
            series[i] = i;
        }
        BatchMeans estimate = BatchMeans.of(series, 0.95);
        assertThat(estimate.interval()).isEmpty();
        assertThat(estimate.refusal()).contains("run longer");
    }
}
