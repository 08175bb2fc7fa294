package trainyard.training.calibration.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import trainyard.sim.hardware.calibration.ConcurrencyFit;

/**
 * Slow-down and spread of iterations that several processes compute at once. The slow-down is the mean over jobs of mean time over
 * fitted time. The spread is that of a log-normal law with the 10th and 90th percentile of the times over their medians, all jobs
 * together: so a repetition in which the machine did something else does not count.
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
        double slowDown = jobs.stream()
                .mapToDouble(job -> StatUtils.mean(job.seconds()) / job.fittedSeconds())
                .average()
                .orElseThrow();
        double[] relative =
                jobs.stream().flatMapToDouble(ConcurrencyFitter::overMedian).toArray();
        double width = 2 * new NormalDistribution().inverseCumulativeProbability(HIGH / PERCENT);
        double sigma = Math.log(Errors.percentile(relative, HIGH) / Errors.percentile(relative, LOW)) / width;
        return new ConcurrencyFit(
                family, processes, slowDown, Math.sqrt(Math.expm1(sigma * sigma)), jobs.size(), relative.length);
    }

    private static DoubleStream overMedian(Together job) {
        double median = Errors.percentile(job.seconds(), PERCENT / 2);
        return Arrays.stream(job.seconds()).map(time -> time / median);
    }
}
