package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trainyard.scenario.format.ClockTimes;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code jobs}: a cluster under many jobs. */
public final class ClusterKind implements WorkloadKind {

    private static final Field<Values> SECTION = Field.of(
            "jobs", JobsSection.SECTION, "Jobs that the cluster is asked to run; `scheduler` says who runs when.");

    /** The names of metrics of a scenario hold those of its teams and classes. */
    private static final ClusterMetrics EVERY = new ClusterMetrics(
            List.of(JobGroup.multiNode(1), JobGroup.team("NAME"), JobGroup.ofClass("NAME")),
            List.of("NAME"),
            List.of("NAME"),
            EnumSet.allOf(JobMeasure.class));

    /** Runs that a quick run keeps of jobs that are drawn. */
    private static final int QUICK_RUNS = 3;

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Field<Values>> needs() {
        return List.of(ScenarioSection.CLUSTER, ScenarioSection.SCHEDULER);
    }

    @Override
    public List<Field<Values>> reads() {
        return List.of(ScenarioSection.SCHEDULER, ScenarioSection.COST);
    }

    @Override
    public void check(Values scenario, Problems problems) {
        Values cluster = scenario.get(ScenarioSection.CLUSTER);
        ClusterSection.refuseCondition(cluster, problems);
        if (cluster.get(ClusterSection.NODES).isEmpty()) {
            problems.add(
                    cluster.position(ClusterSection.NODES),
                    Problem.Kind.KEY,
                    "jobs does not say how many nodes the cluster has",
                    "state cluster.nodes");
        }
        GroupNames.check(scenario.get(SECTION), scenario.find(ScenarioSection.SCHEDULER), problems);
        // Mean times between faults are of single parts, and may be thousands of years.
        String faults = FaultsSection.SECTION.name();
        ClockTimes.check(scenario.get(SECTION), faults, problems);
        scenario.find(ScenarioSection.SCHEDULER).ifPresent(scheduler -> ClockTimes.check(scheduler, faults, problems));
    }

    @Override
    public List<Metric> metrics() {
        return EVERY.metrics();
    }

    @Override
    public List<Metric> samples() {
        return EVERY.samples();
    }

    @Override
    public List<Metric> metrics(Values scenario) {
        return metricsOf(scenario).metrics();
    }

    @Override
    public List<Metric> samples(Values scenario) {
        return metricsOf(scenario).samples();
    }

    private static ClusterMetrics metricsOf(Values scenario) {
        Values jobs = scenario.get(SECTION);
        List<JobGroup> groups = new ArrayList<>();
        groups.add(JobGroup.multiNode(ClusterSection.gpusPerNode(scenario.get(ScenarioSection.CLUSTER))));
        JobsSection.classes(jobs).forEach(name -> groups.add(JobGroup.ofClass(name)));
        List<String> teams = Stream.concat(
                        JobsSection.teams(jobs).stream(),
                        SchedulerSection.teamNames(scenario.get(ScenarioSection.SCHEDULER)).stream())
                .distinct()
                .toList();
        teams.forEach(name -> groups.add(JobGroup.team(name)));
        Set<JobMeasure> measures = EnumSet.allOf(JobMeasure.class);
        if (!JobsSection.hasFollowers(jobs)) {
            measures.remove(JobMeasure.RESULT);
        }
        return new ClusterMetrics(groups, teams, JobsSection.sweepNames(jobs), measures);
    }

    @Override
    public List<Metric> series() {
        return ClusterSeries.all();
    }

    @Override
    public Map<String, Metric> states() {
        return ClusterMetrics.states();
    }

    @Override
    public Map<Metric, List<Metric>> sums(Values scenario) {
        return metricsOf(scenario).sums();
    }

    @Override
    public Optional<String> remarkOnOneRun(Values scenario) {
        Values jobs = scenario.get(SECTION);
        return jobs.isWritten(JobsSection.TRACE) && !JobsSection.isDrawn(jobs)
                ? Optional.of(
                        "One replay of a recorded list: the numbers are exact for this list and have no interval. jct.steady and"
                                + " wait.steady have one, by batch means over its jobs in the order of arrival.")
                : Optional.empty();
    }

    /** How long jobs took from their arrival to their end. */
    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.CDF);
    }

    @Override
    public Map<String, String> figureKeys() {
        return Map.of(ChartSection.Y.key(), "jct", ChartSection.X_SCALE.key(), "log");
    }

    @Override
    public int quickReplications() {
        return QUICK_RUNS;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        ClusterMetrics metrics = metricsOf(scenario);
        ClusterDesign design = ClusterDesign.bind(
                scenario.get(SECTION),
                scenario.get(ScenarioSection.CLUSTER),
                scenario.get(ScenarioSection.SCHEDULER),
                simulators);
        Optional<Double> price = scenario.find(ScenarioSection.COST).map(cost -> cost.get(CostSection.PRICE));
        boolean lent = scenario.get(SECTION).isWritten(JobsSection.SPOT);
        return streams -> new ClusterWorkload(design.with(streams), metrics, price, lent);
    }
}
