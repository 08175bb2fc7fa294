package trainyard.scenario.workload.coordination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.faults.coordination.queue.QueueOutcome;
import trainyard.faults.coordination.queue.WorkQueue;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.coordination.WorkQueueSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.sim.engine.SimTime;

/** {@code work-queue}: tasks that workers take from a queue. */
public final class WorkQueueKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("work-queue", WorkQueueSection.SECTION, "Tasks that workers take from a queue.");

    private static final Metric MAKESPAN = Metrics.hours(
            "makespan", Better.LOWER, "Time until every task is done or lost; unknown where the horizon comes first.");
    private static final Metric LOST =
            Metrics.count("lost-tasks", Better.LOWER, "Tasks that nobody has and nobody will get again.");
    private static final Metric REPEATS =
            Metrics.count("repeated-tasks", Better.LOWER, "Times that a task was done though it had been done before.");
    private static final Metric REPEATED = Metrics.share(
            "repeated-work", Better.LOWER, "Worker time for tasks that were done before, over all worker time spent.");
    private static final Metric BROKEN = Metrics.share(
            "broken-work", Better.LOWER, "Worker time that deaths destroyed, over all worker time spent.");
    private static final Metric DEATHS =
            Metrics.count("broken-tasks", Better.LOWER, "Times that a worker died over a task.");
    private static final Metric DELIVERIES =
            Metrics.count("deliveries", Better.LOWER, "Times that a task was handed to a worker.");
    private static final Metric UNFINISHED =
            Metrics.count("unfinished-tasks", Better.LOWER, "Tasks that were neither done nor lost at the horizon.");
    private static final Metric DONE =
            Metrics.count("tasks-done", Better.HIGHER, "Tasks that were done at least once, over time.");
    private static final List<Metric> METRICS =
            List.of(MAKESPAN, LOST, REPEATS, REPEATED, BROKEN, DEATHS, DELIVERIES, UNFINISHED);

    private static final int QUICK_RUNS = 10;

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public List<Metric> series() {
        return List.of(DONE);
    }

    @Override
    public int quickReplications() {
        return QUICK_RUNS;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        WorkQueue queue = WorkQueueSection.bind(scenario.get(SECTION));
        return streams -> Simulated.of(METRICS, () -> queue.run(streams), outcome -> numbers(queue, outcome))
                .withStory(WorkQueueKind::story);
    }

    private static Details story(QueueOutcome outcome) {
        List<TimeSeries.At> points = new ArrayList<>(List.of(new TimeSeries.At(0, 0)));
        for (long at : outcome.doneAt()) {
            points.add(new TimeSeries.At(SimTime.seconds(at), points.size()));
        }
        TimeSeries done = new TimeSeries(DONE, "", TimeSeries.Shape.STEP, points);
        return Details.ofSeries(List.of(done));
    }

    private static Map<Metric, Double> numbers(WorkQueue queue, QueueOutcome outcome) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        int unfinished = queue.tasks() - outcome.done() - outcome.lost();
        if (unfinished == 0) {
            numbers.put(MAKESPAN, outcome.seconds());
        }
        numbers.put(LOST, (double) outcome.lost());
        numbers.put(REPEATS, (double) outcome.repeats());
        numbers.put(REPEATED, outcome.repeatedShare());
        numbers.put(BROKEN, outcome.brokenShare());
        numbers.put(DEATHS, (double) outcome.broken());
        numbers.put(DELIVERIES, (double) outcome.deliveries());
        numbers.put(UNFINISHED, (double) unfinished);
        return numbers;
    }
}
