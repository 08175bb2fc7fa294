package trainyard.scenario.workload.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.ControlTally;
import trainyard.scheduler.run.watch.StartDelays;
import trainyard.sim.engine.SimTime;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.units.Dimension;

/** The numbers of what stands around a cluster: the arrivals, the scheduler, the metadata store, the monitoring, the store of checkpoints. */
final class ControlMetrics {

    private static final String DELAY_DOC =
            "from when a job waits and the last of the GPUs that it gets has nobody that runs on it until it starts: what the scheduler"
                    + " takes, and what it keeps free for others.";

    static final Metric ARRIVAL_RATE = new Metric(
            "jobs-per-hour",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Jobs submitted, over the hours from the start of the clock to the end of the run.");
    static final Metric DELAY = Metrics.seconds("start-delay.mean", Better.LOWER, "Mean time " + DELAY_DOC);
    static final Metric DELAY_P95 =
            Metrics.seconds("start-delay.p95", Better.LOWER, "Of 95 % of the starts at most: time " + DELAY_DOC);
    static final Metric DECISIONS =
            Metrics.count("scheduler.decisions", Better.NEITHER, "How often the policy was asked.");
    static final Metric DECIDING = Metrics.share(
            "scheduler.busy", Better.LOWER, "Time for which the scheduler decides, over the time of the run.");
    static final Metric WRITES =
            Metrics.count("metadata.writes", Better.NEITHER, "Starts and stops written to the metadata store.");
    static final Metric WRITING = Metrics.share(
            "metadata.busy", Better.LOWER, "Time for which the metadata store serves, over the time of the run.");
    static final Metric WRITE_WAIT = Metrics.seconds(
            "metadata.start-write",
            Better.LOWER,
            "Mean time from the decision to start a job until it is written down, the wait for other writes included.");
    static final Metric NOTICE = Metrics.seconds(
            "monitoring.notice", Better.LOWER, "Mean time from a fault of a node until somebody notices it.");
    static final Metric STORE = Metrics.share(
            "store.busy",
            Better.LOWER,
            "Bandwidth of the store of checkpoints that jobs use, over all that it has, in the mean over the run; unknown without sizes"
                    + " of checkpoints.");

    private ControlMetrics() {}

    static List<Metric> all() {
        return List.of(ARRIVAL_RATE, DELAY, DELAY_P95, DECISIONS, DECIDING, WRITES, WRITING, WRITE_WAIT, NOTICE, STORE);
    }

    static Map<Metric, Double> of(ClusterOutcome outcome, StartDelays delays) {
        ControlTally control = outcome.control();
        double seconds = SimTime.seconds(outcome.endNanos());
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        if (seconds > 0) {
            numbers.put(ARRIVAL_RATE, outcome.jobs().size() / seconds * 3600);
            numbers.put(DECIDING, SimTime.seconds(control.decidingNanos()) / seconds);
            numbers.put(WRITING, SimTime.seconds(control.writingNanos()) / seconds);
            numbers.put(STORE, control.storeNanos() / outcome.endNanos());
        }
        double[] starts = delays.nanos();
        if (starts.length > 0) {
            numbers.put(DELAY, Arrays.stream(starts).average().orElseThrow() / SimTime.NANOS_PER_SECOND);
            numbers.put(DELAY_P95, new Quantiles(starts).quantile(0.95) / SimTime.NANOS_PER_SECOND);
            numbers.put(WRITE_WAIT, control.meanStartWriteNanos() / SimTime.NANOS_PER_SECOND);
        }
        numbers.put(DECISIONS, (double) control.decisions());
        numbers.put(WRITES, (double) control.writes());
        if (control.faults() > 0) {
            numbers.put(NOTICE, control.meanUnnoticedNanos() / SimTime.NANOS_PER_SECOND);
        }
        return numbers;
    }
}
