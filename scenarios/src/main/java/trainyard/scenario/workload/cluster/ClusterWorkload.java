package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.forecast.PlannedDemand;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.PodByPod;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.run.watch.StartDelays;
import trainyard.scheduler.workload.WorkloadCheck;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * A cluster under many jobs.
 *
 * @param replication what runs on what
 * @param known its metrics
 * @param usdPerGpuSecond price, where it is known
 * @param lent whether some nodes are lent, at the same price
 */
record ClusterWorkload(ClusterRun replication, ClusterMetrics known, Optional<Double> usdPerGpuSecond, boolean lent)
        implements Workload {

    private static final String ONE_PRICE =
            "Spot nodes are billed at cost.price as all others: the bill says nothing of what a lower price saves";

    /** What is odd about a recorded list on this cluster, about quotas, and about the price of lent nodes. */
    @Override
    public Optional<String> beforehand() {
        List<ClusterJob> jobs = replication.admitted().jobs();
        ClusterLayout layout = replication.design().layout();
        String said = Stream.of(
                        replication.design().recorded()
                                ? Optional.of(list(jobs, replication.admitted().withoutGpus(), layout))
                                : Optional.<String>empty(),
                        QuotaRemarks.of(
                                replication.design().quotas(),
                                jobs,
                                layout.free().total() / layout.partsPerGpu()),
                        lent && usdPerGpuSecond.isPresent() ? Optional.of(ONE_PRICE) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(". "));
        return said.isEmpty() ? Optional.empty() : Optional.of(said);
    }

    private static String list(List<ClusterJob> jobs, int withoutGpus, ClusterLayout layout) {
        List<String> odd = WorkloadCheck.of(jobs, layout).findings().stream()
                .map(WorkloadCheck.Finding::sentence)
                .toList();
        return String.format(Locale.ROOT, "The list: %,d job%s", jobs.size(), jobs.size() == 1 ? "" : "s")
                + (withoutGpus == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d more that were given no GPU left out", withoutGpus))
                + (odd.isEmpty() ? "" : "; " + String.join("; ", odd));
    }

    @Override
    public Outcome run() {
        return run(Set.of());
    }

    @Override
    public Outcome run(Set<Metric> samples) {
        return play(samples, JobWatcher.NONE).outcome();
    }

    /** A run, and what became of its sweeps. */
    private record Seen(Outcome outcome, List<TunedSweep> sweeps) {}

    /** Plays it once, under the eyes of one more watcher. */
    private Seen play(Set<Metric> samples, JobWatcher other) {
        GroupWatch watch = known.watch(
                replication.admitted().jobs(), replication.design().layout().partsPerGpu());
        StartDelays delays = delays();
        ClusterRun.Played played = replication.play(JobWatcher.of(watch, delays, other));
        ClusterOutcome outcome = played.outcome();
        Map<Metric, Double> numbers = new LinkedHashMap<>(ClusterNumbers.of(known.groups(), outcome, watch.queue()));
        numbers.putAll(known.of(watch));
        numbers.putAll(ControlMetrics.of(outcome, delays));
        List<TunedSweep> sweeps = TunedSweep.of(replication.sweeps(), outcome.jobs());
        numbers.putAll(known.of(sweeps));
        usdPerGpuSecond.ifPresent(price -> {
            numbers.putAll(known.costPerJob(outcome, watch, price));
            outcome.ledger().ifPresent(ledger -> numbers.putAll(known.costs().of(ledger, price)));
        });
        numbers.put(ClusterMetrics.DROPPED, (double) replication.admitted().dropped());
        numbers.put(ClusterMetrics.SKIPPED, (double)
                replication.admitted().skipped().size());
        forecast().ifPresent(planned -> numbers.putAll(ForecastMetrics.of(planned)));
        played.deadlock().ifPresent(found -> {
            numbers.put(ClusterMetrics.DEADLOCKED, (double) found.jobs());
            numbers.put(ClusterMetrics.DEADLOCKED_GPUS, (double) found.heldGpus());
        });
        Map<String, String> labels = new LinkedHashMap<>();
        played.deadlock().ifPresent(found -> labels.put(Outcome.FINDING, finding(found)));
        String skipped = ClusterRemarks.first(replication.admitted().skipped());
        if (!skipped.isEmpty()) {
            labels.put(ClusterRemarks.FIRST_SKIPPED, skipped);
        }
        return new Seen(
                new Outcome(numbers, labels, Optional.empty(), Optional.empty()).with(known.samples(samples, outcome)),
                sweeps);
    }

    private StartDelays delays() {
        ClusterLayout layout = replication.design().layout();
        int[] gpus = new int[layout.nodes()];
        Arrays.setAll(gpus, node -> layout.gpus(node) * layout.partsPerGpu());
        return new StartDelays(gpus, replication.admitted().jobs().size());
    }

    private Optional<PlannedDemand> forecast() {
        return replication.design().forecast().map(jobs -> jobs.planned(replication.streams()));
    }

    private static String finding(PodByPod.Deadlock found) {
        return "deadlock after " + Units.format(SimTime.seconds(found.atNanos()), Dimension.DURATION) + ": "
                + found.jobs() + " jobs hold " + found.heldGpus() + " GPUs idle, and each waits for more";
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Details details() {
        return watch(Set.of()).details();
    }

    @Override
    public Watched watch(Set<Metric> samples) {
        ClusterRecord record = new ClusterRecord();
        Seen seen = play(Set.copyOf(known.samples()), record);
        Outcome outcome = seen.outcome();
        List<Details.Sample> asked = outcome.samples().stream()
                .filter(sample -> samples.contains(sample.quantity()))
                .toList();
        return new Watched(outcome.with(asked), details(outcome, record, seen.sweeps()));
    }

    private Details details(Outcome outcome, ClusterRecord record, List<TunedSweep> sweeps) {
        ClusterLayout layout = replication.design().layout();
        List<ClusterJob> jobs = replication.admitted().jobs();
        List<TimeSeries> series = new ArrayList<>(new ClusterSeries(jobs, record, layout, sweeps).series());
        forecast().ifPresent(planned -> series.addAll(ForecastSeries.of(planned, record, layout)));
        return new Details(series, ClusterLanes.of(jobs, record, layout, sweeps), outcome.samples(), Optional.empty())
                .withLimits(limits())
                .withGraphs(List.of(SystemGraph.of(outcome.metrics(), known.meanWait())));
    }

    /** The size of the cluster, and the quota of each team. */
    private List<Details.Limit> limits() {
        List<Details.Limit> limits = new ArrayList<>();
        int all = replication.design().layout().gpus();
        limits.add(new Details.Limit(ClusterSeries.USED, "all GPUs", all));
        limits.add(new Details.Limit(ClusterSeries.OF_TEAM, "all GPUs", all));
        replication.design().quotas().stream()
                .filter(quota -> !quota.isCohort())
                .forEach(quota -> limits.add(new Details.Limit(
                        ClusterSeries.OF_TEAM, quota.name(), quota.nominal().gpus())));
        return limits;
    }
}
