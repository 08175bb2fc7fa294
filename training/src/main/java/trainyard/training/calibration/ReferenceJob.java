package trainyard.training.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.RingProbe;

/**
 * What processes of a real run repeat to find out how fast their cores are: a job of a calibration, and a sum over the ring. What they take
 * is set against what the profile says they take on a quiet machine.
 *
 * @param job its name in the sweep
 * @param seconds of a gradient in as many processes at once on a quiet machine, by the fit of the profile, above 0
 * @param ringBytes size of the array that is summed, one of a calibration
 * @param ringSeconds of the sum on a quiet machine, by the link of the profile, above 0
 */
public record ReferenceJob(String job, double seconds, int ringBytes, double ringSeconds) {

    public ReferenceJob {
        if (!(Math.min(seconds, ringSeconds) > 0 && Math.max(seconds, ringSeconds) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a reference takes some time, not " + seconds + " and " + ringSeconds);
        }
    }

    /**
     * The job, among those that a whole calibration times in several processes at once, whose time is made up most like that of a network
     * of the same kind: of whose terms the seconds differ least, all differences added up. What a slow core does to dispatch, to products
     * and to memory may differ. Beside it the sum of the size nearest to that of the gradient.
     *
     * @param fit of the kind of network, from which the seconds of each term are
     * @param counts amounts of a gradient of the network
     * @param link between processes
     * @param bytes of a gradient
     * @return empty where the profile says that no job or no sum takes any time
     */
    public static Optional<ReferenceJob> nearest(ConcurrencyFit fit, JobCounts counts, LinkFit link, double bytes) {
        int ringBytes = RingProbe.nearestSize(bytes);
        int messages = 2 * (fit.processes() - 1);
        double ringSeconds = messages * link.seconds((double) ringBytes / fit.processes());
        if (!(ringSeconds > 0)) {
            return Optional.empty();
        }
        return CalibrationSweep.full().together().stream()
                .filter(job -> job.family().equals(fit.family()))
                .filter(job -> fit.seconds(OperationCounts.ofGradient(job)) > 0)
                .min(Comparator.comparingDouble(job -> difference(fit, job, counts)))
                .map(job -> new ReferenceJob(
                        job.name(), fit.seconds(OperationCounts.ofGradient(job)), ringBytes, ringSeconds));
    }

    private static double difference(ConcurrencyFit fit, Work.Job job, JobCounts counts) {
        JobCounts own = OperationCounts.ofGradient(job);
        return Arrays.stream(JobTerm.values())
                .mapToDouble(term -> fit.seconds().getOrDefault(term, 0.0) * Math.abs(own.of(term) - counts.of(term)))
                .sum();
    }
}
