package trainyard.scenario.workload.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.parallel.step.Span;
import trainyard.scenario.workload.Details;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterRecord;
import trainyard.scheduler.run.JobOutcome;
import trainyard.scheduler.run.QueueWatch;

/**
 * A cluster under many jobs.
 *
 * @param design what runs on what
 * @param known its metrics
 */
record ClusterWorkload(ClusterDesign design, ClusterMetrics known) implements Workload {

    @Override
    public List<Metric> metrics() {
        return known.metrics();
    }

    @Override
    public Outcome run() {
        return run(Set.of());
    }

    @Override
    public Outcome run(Set<Metric> samples) {
        QueueWatch queue = new QueueWatch();
        ClusterOutcome outcome = design.run(queue);
        Map<Metric, Double> numbers = new LinkedHashMap<>(known.of(outcome, queue));
        numbers.put(ClusterMetrics.DROPPED, (double) design.dropped());
        numbers.put(ClusterMetrics.SKIPPED, (double) design.skipped().size());
        return new Outcome(numbers, Map.of(), Optional.empty(), Optional.empty(), samples(samples, outcome));
    }

    private List<Details.Sample> samples(Set<Metric> asked, ClusterOutcome outcome) {
        return known.samples().stream()
                .filter(asked::contains)
                .map(metric -> new Details.Sample(
                        metric,
                        Arrays.stream(known.values(metric, outcome)).boxed().toList()))
                .toList();
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Details details() {
        ClusterRecord record = new ClusterRecord();
        ClusterOutcome outcome = design.run(record);
        List<ClusterJob> jobs = outcome.jobs().stream().map(JobOutcome::job).toList();
        return new Details(
                        new ClusterSeries(jobs, record, design.layout()).series(),
                        ClusterLanes.of(jobs, record, design.layout()),
                        samples(Set.copyOf(known.samples()), outcome),
                        Optional.empty())
                .withLimits(List.of(new Details.Limit(
                        ClusterSeries.USED, "all GPUs", design.layout().gpus())));
    }
}
