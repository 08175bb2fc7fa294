package trainyard.scenario.workload.coordination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.faults.coordination.election.ControlledJob;
import trainyard.faults.coordination.election.Controllers;
import trainyard.faults.coordination.election.ElectionOutcome;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.coordination.ControllersSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.sim.engine.SimTime;

/** {@code controllers}: controllers of which one leads, and the jobs that need them. */
public final class ControllersKind implements WorkloadKind {

    private static final Field<Values> SECTION = Field.of(
            "controllers", ControllersSection.SECTION, "Controllers of which one leads, and the jobs that need them.");

    private static final Metric CONFLICTS = Metrics.count(
            "conflicting-checkpoints", Better.LOWER, "Checkpoint numbers under which several writers left one each.");
    private static final Metric RTO = Metrics.seconds(
            "rto",
            Better.LOWER,
            "Longest time without a leader that most controllers can follow, after the first election.");
    private static final Metric LOST = Metrics.seconds(
            "training-lost", Better.LOWER, "Training time that the running job loses to waiting for the controllers.");
    private static final Metric LONGEST_WAIT = Metrics.seconds(
            "job-wait", Better.LOWER, "Longest time from when a new job comes until a leader has placed it.");
    private static final Metric WAITING_JOBS = Metrics.count(
            "jobs-waited", Better.LOWER, "New jobs that found no leader, or one that had others to place first.");
    private static final Metric BACKLOG = Metrics.seconds(
            "backlog-cleared",
            Better.LOWER,
            "Time from the outage of the leader until a new job finds no other that still waits; 0 where none waits.");
    private static final Metric ELECTIONS =
            Metrics.count("elections", Better.LOWER, "Times that a member became the leader, the first included.");
    private static final Metric CANDIDACIES =
            Metrics.count("candidacies", Better.LOWER, "Times that a member stood for election.");
    private static final Metric TWO_LEADERS =
            Metrics.seconds("two-leaders", Better.LOWER, "Time with two leaders or more.");
    private static final Metric SMALLER_STOPPED = Metrics.seconds(
            "smaller-side-stopped",
            Better.NEITHER,
            "Time of the cut in which the smaller side had no leader to follow.");
    private static final Metric CHECKPOINTS =
            Metrics.count("checkpoints", Better.HIGHER, "Checkpoints that count as written.");
    private static final Metric THROUGHPUT = Metrics.share(
            "throughput",
            Better.HIGHER,
            "Steps of the running job per time over those that no controller delays, the mean of each hundredth of the run.");
    private static final Metric UNTIL_STARTED = Metrics.seconds(
            "wait-for-start",
            Better.LOWER,
            "Scheduling latency: time until each new job is placed, by the time at which it comes.");
    private static final List<Metric> METRICS = List.of(
            RTO,
            CONFLICTS,
            LOST,
            LONGEST_WAIT,
            WAITING_JOBS,
            BACKLOG,
            ELECTIONS,
            CANDIDACIES,
            TWO_LEADERS,
            SMALLER_STOPPED,
            CHECKPOINTS);

    private static final int QUICK_RUNS = 5;

    /** Stretches over which the speed of the running job is averaged. */
    private static final int THROUGHPUT_POINTS = 100;

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
        return List.of(THROUGHPUT, UNTIL_STARTED);
    }

    @Override
    public int quickReplications() {
        return QUICK_RUNS;
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.GANTT);
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values section = scenario.get(SECTION);
        Controllers controllers = ControllersSection.bind(section);
        ControlledJob job = ControllersSection.job(section);
        return streams -> new Simulated<>(
                METRICS,
                () -> controllers.run(streams),
                outcome -> numbers(controllers, job, outcome),
                ControllersKind::finding,
                outcome -> story(controllers, job, outcome));
    }

    private static String finding(ElectionOutcome outcome) {
        long conflicts = outcome.conflicts();
        return conflicts == 0 ? "" : conflicts + " checkpoint numbers have two writers: the state has split";
    }

    private static Details story(Controllers controllers, ControlledJob job, ElectionOutcome outcome) {
        List<Lane> lanes = controllers.cut().isPresent()
                ? StateLanes.of(List.of("larger side", "smaller side"), outcome.sides())
                : StateLanes.of(names(controllers), outcome.members());
        return new Details(
                List.of(throughput(controllers, job, outcome), waits(controllers, job, outcome)),
                lanes,
                List.of(),
                Optional.empty());
    }

    private static List<String> names(Controllers controllers) {
        return IntStream.range(0, controllers.members())
                .mapToObj(member -> "controller " + member)
                .toList();
    }

    private static TimeSeries throughput(Controllers controllers, ControlledJob job, ElectionOutcome outcome) {
        double width = controllers.horizonSeconds() / THROUGHPUT_POINTS;
        List<ControlledJob.Speed> speeds = job.speeds(controllers, outcome);
        List<TimeSeries.At> points = new ArrayList<>();
        for (int i = 0; i < THROUGHPUT_POINTS; i++) {
            points.add(new TimeSeries.At(i * width, ControlledJob.meanSpeed(speeds, i * width, (i + 1) * width)));
        }
        double last = points.get(THROUGHPUT_POINTS - 1).value();
        points.add(new TimeSeries.At(controllers.horizonSeconds(), last));
        return new TimeSeries(THROUGHPUT, "", TimeSeries.Shape.STEP, points);
    }

    private static TimeSeries waits(Controllers controllers, ControlledJob job, ElectionOutcome outcome) {
        List<TimeSeries.At> points = new ArrayList<>(List.of(new TimeSeries.At(0, 0)));
        for (ControlledJob.NewJob one : job.newJobs(controllers, outcome)) {
            points.add(new TimeSeries.At(one.atSeconds(), one.latencySeconds()));
        }
        return new TimeSeries(UNTIL_STARTED, "", TimeSeries.Shape.STEP, points);
    }

    private static Map<Metric, Double> numbers(Controllers controllers, ControlledJob job, ElectionOutcome outcome) {
        List<ControlledJob.NewJob> waits = job.newJobs(controllers, outcome);
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        numbers.put(RTO, SimTime.seconds(outcome.longestOutageNanos()));
        numbers.put(CONFLICTS, (double) outcome.conflicts());
        numbers.put(LOST, job.lostSeconds(controllers, outcome));
        numbers.put(
                LONGEST_WAIT,
                waits.stream()
                        .mapToDouble(ControlledJob.NewJob::latencySeconds)
                        .max()
                        .orElse(0));
        numbers.put(WAITING_JOBS, (double)
                waits.stream().filter(ControlledJob.NewJob::waited).count());
        numbers.put(BACKLOG, job.backlogSeconds(outcome, waits));
        numbers.put(ELECTIONS, (double) outcome.elections());
        numbers.put(CANDIDACIES, (double) outcome.candidacies());
        numbers.put(TWO_LEADERS, SimTime.seconds(outcome.twoLeaderNanos()));
        controllers
                .cut()
                .ifPresent(cut -> numbers.put(SMALLER_STOPPED, SimTime.seconds(outcome.smallerStoppedNanos())));
        numbers.put(CHECKPOINTS, (double) outcome.writes().size());
        return numbers;
    }
}
