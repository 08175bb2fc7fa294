package trainyard.scheduler.tco;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.workload.ArrivalRate;
import trainyard.sim.engine.SimTime;

/** GPUs that are needed, in the mean over each hour. */
public final class DemandCurve {

    private static final int HOURS_PER_WEEK = 168;
    private static final int HOURS_PER_YEAR = 8_760;
    private static final double HOUR = 3_600;

    private final double[] gpus;

    private DemandCurve(double[] gpus) {
        this.gpus = gpus;
    }

    /**
     * A curve by hour.
     *
     * @param gpus of each hour, 0 or more
     */
    public static DemandCurve of(int hours, IntToDoubleFunction gpus) {
        double[] curve = new double[hours];
        Arrays.setAll(curve, gpus);
        if (hours < 1 || Arrays.stream(curve).anyMatch(one -> !(one >= 0))) {
            throw new IllegalArgumentException("a curve has an hour at least, and 0 GPUs or more in each");
        }
        return new DemandCurve(curve);
    }

    /** A week of the shape of a rate, such as one that swings by day, with so many GPUs in the mean. */
    public static DemandCurve week(double meanGpus, ArrivalRate shape) {
        DemandCurve week = of(HOURS_PER_WEEK, hour -> shape.perSecond((hour + 0.5) * HOUR));
        double mean = week.mean();
        return of(HOURS_PER_WEEK, hour -> meanGpus * week.gpus(hour) / mean);
    }

    /**
     * What a list of jobs would hold if each ran as soon as it is submitted, over the whole weeks that its submissions fill at
     * least in part. What runs on beyond them is taken as what still ran when they began, so that no GPU time is lost.
     *
     * @param jobs at least one
     */
    public static DemandCurve weeksOf(List<ClusterJob> jobs) {
        long first = jobs.stream().mapToLong(ClusterJob::submitNanos).min().orElseThrow();
        long last = jobs.stream().mapToLong(ClusterJob::submitNanos).max().orElseThrow();
        int weeks = (int) (SimTime.seconds(last - first) / HOUR / HOURS_PER_WEEK) + 1;
        double[] curve = new double[weeks * HOURS_PER_WEEK];
        for (ClusterJob job : jobs) {
            add(curve, SimTime.seconds(job.submitNanos() - first), SimTime.seconds(job.runNanos()), job.gpuAmount());
        }
        return new DemandCurve(curve);
    }

    private static void add(double[] curve, double start, double run, double gpus) {
        double end = start + run;
        for (double now = start; now < end; ) {
            long hour = (long) (now / HOUR);
            double until = Math.min(end, (hour + 1) * HOUR);
            curve[(int) (hour % curve.length)] += gpus * (until - now) / HOUR;
            now = until;
        }
    }

    /**
     * The same again and again, growing all the time.
     *
     * @param hours how long
     * @param growth of a year over the one before, compounded; 0.4 for 40 % more
     */
    public DemandCurve repeated(int hours, double growth) {
        return of(hours, hour -> gpus[hour % gpus.length] * Math.pow(1 + growth, (double) hour / HOURS_PER_YEAR));
    }

    /** The same with so many times the GPUs. */
    public DemandCurve times(double factor) {
        return of(gpus.length, hour -> factor * gpus[hour]);
    }

    public int hours() {
        return gpus.length;
    }

    /** GPUs needed in an hour. */
    public double gpus(int hour) {
        return gpus[hour];
    }

    public double mean() {
        return gpuHours() / gpus.length;
    }

    /** The most that an hour needs. */
    public double most() {
        return Arrays.stream(gpus).max().orElseThrow();
    }

    public double gpuHours() {
        return Arrays.stream(gpus).sum();
    }

    /** What a GPU does that is used only once so many others are: the share of an hour's GPU that the curve needs, in the mean. */
    public double useOfGpu(int others) {
        return Arrays.stream(gpus)
                .map(needed -> Math.max(0, Math.min(1, needed - others)))
                .average()
                .orElseThrow();
    }
}
