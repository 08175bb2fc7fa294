package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.Estimate;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.sim.units.Dimension;

/**
 * Intervals end where a metric can have no values. Of 0, 0 and 0.27 the mean is 0.09, its standard error 0.09 too, and half
 * the 95 % interval 4.302653 (Student's t with 2 degrees of freedom) x 0.09 = 0.3872388.
 */
class BoundsOfIntervalsTest {

    private static final double HALF = 0.3872388;
    private static final Metric SHARE = Metrics.share("busy", Better.HIGHER, "Part of the time.");
    private static final Metric CHANGE = Metrics.change("growth", Better.NEITHER, "What a month adds.");
    private static final Metric SPEED_UP = Metrics.ratio("speed-up", Better.HIGHER, "Rate over that of another.");
    private static final Metric WAIT = Metrics.hours("wait", Better.LOWER, "Time in the queue.");
    private static final Metric SLOWDOWN =
            new Metric("slowdown", Dimension.NUMBER, "", 1, Bounds.FROM_ONE, Better.LOWER, "Time over run time.");
    private static final Cell CELL = TestStudies.study("""
                    trainyard: 1
                    name: any
                    cluster: {nodes: 1, node: {preset: dgx-h100}}
                    scheduler: {policy: fifo}
                    jobs: {list: [{id: A, gpus: 8, run: 10 s}]}
                    """).cells().get(0);

    private static CellResult cell(Metric metric, double... values) {
        return new CellResult(
                CELL,
                Arrays.stream(values)
                        .mapToObj(value ->
                                new Outcome(Map.of(metric, value), Map.of(), Optional.empty(), Optional.empty()))
                        .toList());
    }

    private static void assertEstimate(Metric metric, double[] values, double value, double low, double high) {
        Estimate estimate = cell(metric, values).estimate(metric).orElseThrow();
        assertThat(estimate.value()).isCloseTo(value, within(1e-9));
        assertThat(estimate.low()).isCloseTo(low, within(1e-5));
        assertThat(estimate.high()).isCloseTo(high, within(1e-5));
    }

    /** 0.1 + 0.2 is 0.3 in another order; what differs by more than rounding is told. */
    @Test
    void roundingIsNoDifference() {
        CellResult summed = cell(WAIT, 0.1 + 0.2);
        assertThat(Difference.paired(summed, cell(WAIT, 0.3), WAIT)
                        .orElseThrow()
                        .words(WAIT))
                .isEqualTo("equal");
        assertThat(Difference.paired(summed, cell(WAIT, 0.3 - 1e-9), WAIT)
                        .orElseThrow()
                        .estimate()
                        .value())
                .isCloseTo(1e-9, within(1e-12));
    }

    private static double[] moved(double by) {
        return new double[] {by, by, by + 0.27};
    }

    @Test
    void aShareEndsAtNothingAndAtTheWhole() {
        assertEstimate(SHARE, moved(0), 9, 0, 100 * (0.09 + HALF));
        assertEstimate(SHARE, moved(0.7), 79, 100 * (0.79 - HALF), 100);
    }

    @Test
    void aTimeEndsAtZeroAndASlowdownAtOne() {
        assertEstimate(WAIT, new double[] {0, 0, 0.27 * 3600}, 0.09, 0, 0.09 + HALF);
        assertEstimate(SLOWDOWN, moved(1), 1.09, 1, 1.09 + HALF);
    }

    @Test
    void aRatioMayExceedTheWholeAndASignedMetricGoesBelowZero() {
        assertEstimate(SPEED_UP, moved(1), 109, 100 * (1.09 - HALF), 100 * (1.09 + HALF));
        assertEstimate(CHANGE, moved(0), 9, 100 * (0.09 - HALF), 100 * (0.09 + HALF));
    }

    /** A share that rounding of sums has left above 1 keeps its mean. */
    @Test
    void aMeanIsNeverMoved() {
        assertEstimate(SHARE, new double[] {1, 1, 1.03}, 101, 100 * (1.01 - 4.302653 * 0.01), 101);
    }

    @Test
    void statedEndsAreCutAndTheWidthIsNot() {
        CellResult cell = cell(SHARE, moved(0));

        assertThat(cell.mean(stated("busy.low"))).contains(0.0);
        assertThat(cell.mean(stated("busy.high")).orElseThrow()).isCloseTo(0.09 + HALF, within(1e-7));
        assertThat(cell.mean(stated("busy.ci95")).orElseThrow()).isCloseTo(HALF, within(1e-7));
    }

    /** Differences, whose values are -0.1, -0.1 and 0.17, and whose mean is -0.01. */
    @Test
    void differencesOfSharesAreNotCut() {
        CellResult first = cell(SHARE, moved(0));
        CellResult second = cell(SHARE, 0.1, 0.1, 0.1);

        Estimate paired = Difference.paired(first, second, SHARE).orElseThrow().estimate();
        Estimate unpaired =
                Difference.unpaired(first, second, SHARE).orElseThrow().estimate();

        assertThat(paired.low()).isCloseTo(-0.01 - HALF, within(1e-7));
        assertThat(unpaired.low()).isCloseTo(-0.01 - HALF, within(1e-7));
    }

    private static Metric stated(String name) {
        return MetricPath.find(name, List.of(SHARE), new SourceText("test", "x").at(1, 1, 1));
    }
}
