package trainyard.training.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.rng.sampling.ListSampler;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.fit.ConcurrencyFitter.Together;

class ConcurrencyFitterTest {

    private static final int TIMES = 1999;

    /** Quantiles of a log-normal law, in an order of their own: its cv is {@code sqrt(exp(sigma^2) - 1)}. */
    private static double[] times(double median, double sigma, long seed) {
        NormalDistribution normal = new NormalDistribution();
        List<Double> times = new ArrayList<>(IntStream.rangeClosed(1, TIMES)
                .mapToDouble(i -> median * Math.exp(sigma * normal.inverseCumulativeProbability(i / (TIMES + 1.0))))
                .boxed()
                .toList());
        ListSampler.shuffle(new RandomStreams(seed, 0).stream("times"), times);
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[][] visit(double median, double sigma) {
        return new double[][] {times(median, sigma, 1), times(median, sigma, 2)};
    }

    private static List<double[][]> visits(double[][] visit) {
        return Collections.singletonList(visit);
    }

    /** A job of so many layers. */
    private static Together job(int layers, List<double[][]> visits) {
        return new Together("job of " + layers, new JobCounts(Map.of(JobTerm.LAYER, (double) layers)), visits);
    }

    private static double seconds(ConcurrencyFit fit, int layers) {
        return fit.seconds(new JobCounts(Map.of(JobTerm.LAYER, (double) layers)));
    }

    /** Times of 1 + 0.5 a layer, the fastest visit of each job. */
    @Test
    void termsAndSpreadOfLogNormalTimesAreFound() {
        double sigma = 0.3;
        ConcurrencyFit fit = ConcurrencyFitter.fit(
                "mlp",
                2,
                List.of(
                        job(1, visits(visit(1.5, sigma))),
                        job(2, List.of(visit(2, sigma), visit(3, sigma))),
                        job(4, visits(visit(3, sigma)))));
        // The middle four fifths of the law have a mean a little below that of all, exp(sigma^2 / 2) = 1.046 times the
        // median.
        assertThat(seconds(fit, 3)).isBetween(2.5, 2.5 * Math.exp(sigma * sigma / 2));
        assertThat(fit.cv()).isCloseTo(Math.sqrt(Math.expm1(sigma * sigma)), within(0.01));
        assertThat(fit.jobs()).isEqualTo(3);
        assertThat(fit.valid()).containsEntry(JobTerm.LAYER, new FitQuality.Interval(1, 4));
        assertThat(fit.samples()).isEqualTo(4 * 2 * TIMES);
    }

    /** All processes twice as slow in every other repetition, and one of them in a whole visit: no spread; the other visit counts. */
    @Test
    void whatSlowsAllAtOnceOrOneForLongIsNoSpread() {
        double[] uneven = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
        double[] slow = Arrays.stream(uneven).map(time -> 3 * time).toArray();
        ConcurrencyFit fit = ConcurrencyFitter.fit(
                "mlp", 2, List.of(job(1, List.of(new double[][] {uneven, slow}, new double[][] {uneven, uneven}))));
        assertThat(fit.cv()).isCloseTo(0, within(1e-9));
        assertThat(seconds(fit, 1)).isCloseTo(16.0 / 11, within(1e-9));
    }

    /** One repetition in which the machine did something else counts for nothing. */
    @Test
    void anInterruptionDoesNotCount() {
        double[][] visit = visit(1, 0.1);
        double[][] interrupted = visit(1, 0.1);
        interrupted[0][TIMES / 2] = 400;
        ConcurrencyFit fit = ConcurrencyFitter.fit("mlp", 2, List.of(job(1, visits(interrupted))));
        ConcurrencyFit quiet = ConcurrencyFitter.fit("mlp", 2, List.of(job(1, visits(visit))));
        assertThat(fit.cv()).isCloseTo(quiet.cv(), within(1e-3));
        assertThat(seconds(fit, 1)).isCloseTo(seconds(quiet, 1), within(1e-3));
    }
}
