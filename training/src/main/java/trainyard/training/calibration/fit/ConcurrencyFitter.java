package trainyard.training.calibration.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import trainyard.sim.hardware.calibration.ConcurrencyFit;

/**
 * Slow-down and spread of gradients that several processes compute at once, by a log-normal law, so that a repetition in which the
 * machine did something else does not count: its {@code sigma} from the 10th and 90th percentile of the times over their medians, all
 * jobs together, and its mean {@code exp(sigma^2 / 2)} times the median, of which the slow-down is the mean over jobs of median over
 * fitted time.
 */
public final class ConcurrencyFitter {

    private static final double LOW = 10;
    private static final double HIGH = 90;
    private static final double PERCENT = 100;

    private ConcurrencyFitter() {}

    /**
     * Times of one job.
     *
     * @param fittedSeconds what the fit says of a process alone
     * @param seconds of each repetition of each process
     */
    public record Together(double fittedSeconds, double[] seconds) {}

    /**
     * Fits one kind of network.
     *
     * @param jobs at least one
     */
    public static ConcurrencyFit fit(String family, int processes, List<Together> jobs) {
        double[] relative =
                jobs.stream().flatMapToDouble(ConcurrencyFitter::overMedian).toArray();
        double width = 2 * new NormalDistribution().inverseCumulativeProbability(HIGH / PERCENT);
        double sigma = Math.log(Errors.percentile(relative, HIGH) / Errors.percentile(relative, LOW)) / width;
        double median = jobs.stream()
                .mapToDouble(job -> median(job) / job.fittedSeconds())
                .average()
                .orElseThrow();
        double slowDown = median * Math.exp(sigma * sigma / 2);
        return new ConcurrencyFit(
                family, processes, slowDown, Math.sqrt(Math.expm1(sigma * sigma)), jobs.size(), relative.length);
    }

    private static DoubleStream overMedian(Together job) {
        double median = median(job);
        return Arrays.stream(job.seconds()).map(time -> time / median);
    }

    private static double median(Together job) {
        return Errors.percentile(job.seconds(), PERCENT / 2);
    }
}
