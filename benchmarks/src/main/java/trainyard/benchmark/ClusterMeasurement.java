package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;

/**
 * What it costs to play a list of jobs under a policy, on the thread that asks.
 *
 * @param cpuMillis of each run, least first
 * @param moments arrivals, ends and decisions
 * @param jobs how many
 * @param bytes allocated in a run
 * @param playedBytes of those, allocated between the first decision and the last end
 * @param liveBytes in use when the last job had come, beside the list; 0 if they were not taken
 */
record ClusterMeasurement(double[] cpuMillis, long moments, int jobs, long bytes, long playedBytes, long liveBytes) {

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double MICROS_PER_MILLISECOND = 1e3;

    /**
     * Plays it some times.
     *
     * @param warmUps runs before those that count
     * @param runs that count, 1 or more; the last one tells all but the times
     */
    static ClusterMeasurement of(ClusterWorkload workload, PolicyKind kind, int warmUps, int runs) {
        List<ClusterJob> jobs = workload.jobs();
        for (int i = 0; i < warmUps; i++) {
            once(workload, jobs, kind, false);
        }
        double[] millis = new double[runs];
        ClusterMeasurement last = once(workload, jobs, kind, false);
        millis[0] = last.median();
        for (int i = 1; i < runs; i++) {
            last = once(workload, jobs, kind, false);
            millis[i] = last.median();
        }
        Arrays.sort(millis);
        return new ClusterMeasurement(millis, last.moments, last.jobs, last.bytes, last.playedBytes, 0);
    }

    /** Plays it once and collects garbage when the last job has come, to see what a job takes that waits. */
    static ClusterMeasurement withMemory(ClusterWorkload workload, PolicyKind kind) {
        return once(workload, workload.jobs(), kind, true);
    }

    private static ClusterMeasurement once(
            ClusterWorkload workload, List<ClusterJob> jobs, PolicyKind kind, boolean takesMemory) {
        long before = takesMemory ? WatchedAllocation.bytesInUse() : 0;
        WatchedAllocation policy = new WatchedAllocation(kind.make(PolicyOptions.DEFAULTS), jobs.size(), takesMemory);
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long bytes = WatchedAllocation.allocatedBytes();
        ClusterOutcome outcome = ClusterSimulation.run(jobs, workload.cluster(), new AnyGpus(), policy);
        return new ClusterMeasurement(
                new double[] {(threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLISECOND},
                outcome.events(),
                jobs.size(),
                WatchedAllocation.allocatedBytes() - bytes,
                policy.playedBytes(),
                takesMemory ? policy.bytesWhenAllWait() - before : 0);
    }

    double median() {
        return cpuMillis[cpuMillis.length / 2];
    }

    double microsPerMoment() {
        return median() * MICROS_PER_MILLISECOND / moments;
    }

    double bytesPerJob() {
        return (double) bytes / jobs;
    }

    double playedBytesPerMoment() {
        return (double) playedBytes / moments;
    }

    double liveBytesPerJob() {
        return (double) liveBytes / jobs;
    }

    /** The median of the CPU times, and the least and most where there are several. */
    String times() {
        return cpuMillis.length == 1
                ? String.format(Locale.ROOT, "%,.0f", median())
                : String.format(
                        Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median(), cpuMillis[0], cpuMillis[cpuMillis.length - 1]);
    }
}
