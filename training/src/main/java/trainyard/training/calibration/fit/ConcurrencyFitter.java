package trainyard.training.calibration.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.JobCounts;

/**
 * What gradients cost that several processes compute at once, term by term, and how much they vary.
 *
 * <p>The time of a job is that of its fastest visit, as for a process alone: a machine that others use too is slow for a second now and then,
 * and that is not what the processes do to one another. Of the times of a visit the mean is taken between their 10th and 90th percentile, so
 * that a repetition in which the machine did something else does not count.
 *
 * <p>The spread is that of a log-normal law, and of one process against the others in the same repetition: what makes all of them slow at
 * once, or one of them for a whole visit, makes no gradient wait for another more than the mean says. Of the logarithms the median of
 * the process in the visit is taken off, then the mean over processes of the repetition; {@code sigma} is from the 10th and 90th percentile
 * of what is left, all jobs together, times {@code sqrt(P / (P - 1))} for {@code P} processes, since the mean has a part of each.
 */
public final class ConcurrencyFitter {

    private static final double LOW = 10;
    private static final double HIGH = 90;
    private static final double PERCENT = 100;

    private ConcurrencyFitter() {}

    /**
     * Times of one job.
     *
     * @param name of the job
     * @param counts amounts of a gradient and its plain step
     * @param visits for each visit to the job, what each repetition took each process: {@code visits.get(v)[process][repetition]}
     */
    public record Together(String name, JobCounts counts, List<double[][]> visits) {}

    /**
     * Fits one kind of network.
     *
     * @param processes at once, at least 2
     * @param jobs at least one, better several of each size, each with a visit
     */
    public static ConcurrencyFit fit(String family, int processes, List<Together> jobs) {
        double[] left = jobs.stream()
                .flatMap(job -> job.visits().stream())
                .flatMapToDouble(ConcurrencyFitter::againstOthers)
                .toArray();
        double width = 2 * new NormalDistribution().inverseCumulativeProbability(HIGH / PERCENT);
        double sigma = Math.sqrt(processes / (processes - 1.0))
                * (Errors.percentile(left, HIGH) - Errors.percentile(left, LOW))
                / width;
        List<TimedJob> timed = jobs.stream()
                .map(job -> new TimedJob(job.name(), job.counts(), meanSeconds(job), false))
                .toList();
        return new ConcurrencyFit(
                family,
                processes,
                FamilyFitter.coefficients(timed),
                FamilyFitter.valid(timed),
                Math.sqrt(Math.expm1(sigma * sigma)),
                jobs.size(),
                left.length);
    }

    private static double meanSeconds(Together job) {
        return job.visits().stream()
                .mapToDouble(visit -> Arrays.stream(visit)
                        .mapToDouble(ConcurrencyFitter::uninterrupted)
                        .average()
                        .orElseThrow())
                .min()
                .orElseThrow();
    }

    private static double uninterrupted(double[] seconds) {
        double low = Errors.percentile(seconds, LOW);
        double high = Errors.percentile(seconds, HIGH);
        return Arrays.stream(seconds)
                .filter(time -> time >= low && time <= high)
                .average()
                .orElseThrow();
    }

    private static DoubleStream againstOthers(double[][] seconds) {
        double[][] logs =
                Arrays.stream(seconds).map(ConcurrencyFitter::overMedian).toArray(double[][]::new);
        double[] left = new double[logs.length * logs[0].length];
        for (int repetition = 0; repetition < logs[0].length; repetition++) {
            double mean = 0;
            for (double[] process : logs) {
                mean += process[repetition] / logs.length;
            }
            for (int process = 0; process < logs.length; process++) {
                left[repetition * logs.length + process] = logs[process][repetition] - mean;
            }
        }
        return Arrays.stream(left);
    }

    private static double[] overMedian(double[] seconds) {
        double median = Errors.percentile(seconds, PERCENT / 2);
        return Arrays.stream(seconds).map(time -> Math.log(time / median)).toArray();
    }
}
