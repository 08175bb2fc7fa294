package trainyard.training.calibration;

import java.util.List;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.training.calibration.fit.TimedJob;
import trainyard.training.calibration.measure.Sample;
import trainyard.training.calibration.measure.Work;

/**
 * What one job took over all rounds.
 *
 * @param name of the job
 * @param family kind of network
 * @param heldOut whether it is kept out of the fit
 * @param counts amounts of one iteration
 * @param repetitions how many samples there are
 * @param fastestSeconds cost of the cheapest repetition on a core of its own
 * @param wallFastestSeconds fastest by the clock on the wall
 * @param wallMedianSeconds median likewise
 * @param wallP95Seconds what 19 of 20 stay below, likewise
 */
public record MeasuredJob(
        String name,
        String family,
        boolean heldOut,
        JobCounts counts,
        int repetitions,
        double fastestSeconds,
        double wallFastestSeconds,
        double wallMedianSeconds,
        double wallP95Seconds) {

    private static final double NINETEEN_OF_TWENTY = 0.95;

    static MeasuredJob of(Work.Job job, boolean heldOut, List<Sample> samples) {
        double[] wall = samples.stream().mapToDouble(Sample::seconds).sorted().toArray();
        double fastest = samples.stream().mapToDouble(Sample::cost).min().orElseThrow();
        return new MeasuredJob(
                job.name(),
                job.family(),
                heldOut,
                OperationCounts.of(job),
                wall.length,
                fastest,
                wall[0],
                quantile(wall, 0.5),
                quantile(wall, NINETEEN_OF_TWENTY));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }

    TimedJob timed() {
        return new TimedJob(name, counts, fastestSeconds, heldOut);
    }
}
