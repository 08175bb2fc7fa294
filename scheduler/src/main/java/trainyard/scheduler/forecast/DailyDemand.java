package trainyard.scheduler.forecast;

import java.util.Arrays;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;

/**
 * GPUs that jobs want, in the mean over each day, as if none of them had to wait.
 *
 * @param gpus of the days from time 0 on
 */
public record DailyDemand(List<Double> gpus) {

    /** Seconds. */
    static final double DAY = 86_400;

    private static final double QUARTER = DAY / 4;

    public DailyDemand {
        gpus = List.copyOf(gpus);
    }

    /**
     * The demand of a list over the days that it covers; the last of them has a submission in its last quarter.
     *
     * @param jobs at least one
     * @throws java.util.NoSuchElementException if there is none
     */
    public static DailyDemand of(List<ClusterJob> jobs) {
        double last = jobs.stream()
                .mapToDouble(job -> SimTime.seconds(job.submitNanos()))
                .max()
                .orElseThrow();
        double[] gpus = new double[(int) Math.floor((last + QUARTER) / DAY)];
        for (ClusterJob job : jobs) {
            double start = SimTime.seconds(job.submitNanos());
            double end = start + SimTime.seconds(job.runNanos());
            for (int day = (int) (start / DAY); day < gpus.length && day * DAY < end; day++) {
                double held = Math.min(end, (day + 1) * DAY) - Math.max(start, day * DAY);
                gpus[day] += job.gpuAmount() * held / DAY;
            }
        }
        return new DailyDemand(Arrays.stream(gpus).boxed().toList());
    }

    public int days() {
        return gpus.size();
    }

    /** Days from one on, counted from 0, until the one before another, as far as they are covered. */
    public DailyDemand between(int from, int to) {
        return new DailyDemand(gpus.subList(Math.min(from, days()), Math.min(to, days())));
    }
}
