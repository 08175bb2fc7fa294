package trainyard.scenario.workload.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;
import trainyard.faults.recovery.Formation;
import trainyard.faults.recovery.Pace;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** What a step of a long job is while some replicas are missing. */
final class DegradedMetrics {

    private static final double MILLIS = 1e-3;

    static final Metric STEP_TIME = new Metric(
            "degraded.step-time",
            Dimension.DURATION,
            "ms",
            MILLIS,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time of a step without `life.recovery.lost-replicas`.");
    static final Metric BATCH =
            number("degraded.batch", Better.NEITHER, "Samples of all replicas together in such a step, to the sample.");
    static final Metric MOST = number(
            "degraded.most-samples",
            Better.LOWER,
            "Samples of the replica that has most of them; all others wait for it.");
    static final Metric LEAST =
            number("degraded.least-samples", Better.NEITHER, "Samples of the replica that has fewest of them.");
    static final Metric BUSIEST =
            number("degraded.busiest-replicas", Better.NEITHER, "Replicas that have the most samples.");

    private DegradedMetrics() {}

    private static Metric number(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, better, doc);
    }

    static List<Metric> all() {
        return List.of(STEP_TIME, BATCH, MOST, LEAST, BUSIEST);
    }

    /** Of a job without so many of its replicas; none where it has no others. */
    static Map<Metric, Double> of(
            TrainingJob job, JobLayout layout, RecoveryPolicy policy, StepTimes stepTimes, int lost) {
        int left = layout.replicas() - lost;
        if (left < 1) {
            return Map.of();
        }
        int first = left * layout.replicaNodes();
        Slots without = Slots.of(layout, IntStream.range(first, layout.nodes()).toArray());
        int gpusPerNode = job.cluster().node().gpus();
        Pace pace = policy.pace(
                new Formation(layout, without, gpusPerNode, job.batch().global(), stepTimes));
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(STEP_TIME, SimTime.seconds(pace.stepNanos()));
        metrics.put(BATCH, (double) pace.samples());
        // Replicas that share nodes fail together, so they are counted one by one here.
        long replicas = (long) left * (job.plan().data() / layout.replicas());
        if (replicas > 0 && pace.samples() % job.batch().micro() == 0) {
            long microBatches = pace.samples() / job.batch().micro();
            long more = microBatches % replicas;
            long least = microBatches / replicas * job.batch().micro();
            metrics.put(LEAST, (double) least);
            metrics.put(MOST, (double) least + (more > 0 ? job.batch().micro() : 0));
            metrics.put(BUSIEST, (double) (more > 0 ? more : replicas));
        }
        return metrics;
    }
}
