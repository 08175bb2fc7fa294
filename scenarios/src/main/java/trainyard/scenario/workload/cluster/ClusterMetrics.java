package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.outcome.ClusterOutcome;

/** The metrics of a cluster under many jobs, of all jobs and of groups of them; {@link ClusterNumbers} works them out. */
final class ClusterMetrics {

    static final Metric MAKESPAN = Metrics.hours(
            "makespan",
            Better.LOWER,
            "Time from the first submission to the last end; unknown where a job does not end.");
    static final Metric UTILIZATION = Metrics.share(
            "utilization",
            Better.HIGHER,
            "GPU time that jobs hold, over all GPU time from the start of the clock to the end of the run.");
    static final Metric FAIRNESS = Metrics.share(
            "fairness",
            Better.HIGHER,
            "Jain's index over the teams, or over the jobs where there is one team: (sum x)^2 / (n sum x^2), in which x is the"
                    + " run time of its jobs over their completion time. 100 %: all are slowed down alike (Jain, Chiu and Hawe,"
                    + " DEC-TR-301, 1984).");
    static final Metric PREEMPTIONS = Metrics.count(
            "preemptions",
            Better.LOWER,
            "How often jobs were stopped to make place for others, or since their node had to go after a notice.");
    static final Metric MOVES = Metrics.count(
            "moves",
            Better.LOWER,
            "How often jobs were moved to other nodes so that one found a place (`scheduler.defragmentation`).");
    static final Metric DONE = Metrics.count("jobs.done", Better.HIGHER, "Jobs that are done in the end.");
    static final Metric UNFINISHED = Metrics.count(
            "jobs.unfinished", Better.LOWER, "Jobs that never end, such as those that wait for one another for ever.");
    static final Metric DROPPED = Metrics.count(
            "jobs.dropped",
            Better.LOWER,
            "Jobs left out because the empty cluster could not hold them, or the quota of their team never admits them.");
    static final Metric SKIPPED =
            Metrics.count("jobs.skipped", Better.LOWER, "Rows of the list left out because they are bad.");
    static final Metric CANCELLED = Metrics.count(
            "jobs.cancelled",
            Better.NEITHER,
            "Jobs that never queue and that no other number counts: they wait for one that was given up, or go on with a trial that"
                    + " was stopped.");
    static final Metric EVENTS = Metrics.count(
            "events",
            Better.NEITHER,
            "Events of the simulation: submissions, starts, ends, faults, and the moments at which the policy was asked.");

    static final Metric QUEUE = Metrics.count(
            "queue-length",
            Better.LOWER,
            "Mean number of jobs in the queue, from the start of the clock to the end of the run.");
    static final Metric LONGEST_QUEUE =
            Metrics.count("queue-length.most", Better.LOWER, "Most jobs that were in the queue at the same time.");
    static final Metric QUEUE_BY_LITTLE = Metrics.count(
            "queue-length.little",
            Better.LOWER,
            "Jobs a second times the mean wait: what `queue-length` is by Little's law (Operations Research 9(3), 1961).");
    static final Metric RUNNING = Metrics.count("running-jobs", Better.NEITHER, "Mean number of jobs that run.");

    static final Metric FRAGMENTATION = Metrics.count(
            "fragmentation",
            Better.LOWER,
            "Free GPUs that the jobs of the list cannot use where they are, in the mean over the jobs and over time: the fragmentation F"
                    + " of FGD. The quantity `unusable-gpus` shows it over time.");

    static final Metric FAILURES = Metrics.count("failures", Better.LOWER, "How often a failure stopped a job.");
    static final Metric GIVEN_UP =
            Metrics.count("jobs.given-up", Better.LOWER, "Jobs that were not started again after a failure.");
    static final Metric LOST = Metrics.gpuHours(
            "lost-gpu-hours",
            Better.LOWER,
            "GPU time of jobs that was not useful work: done in vain, slowed, starts, loads, checkpoints, standing still.");
    static final Metric DEADLOCKED = Metrics.count(
            "deadlocked-jobs",
            Better.LOWER,
            "Jobs that hold some of their GPUs and wait for others for ever; 0 with gangs.");
    static final Metric DEADLOCKED_GPUS =
            Metrics.count("deadlocked-gpus", Better.LOWER, "GPUs that such jobs hold idle.");
    static final Metric ORDERS = Metrics.count("scaling.orders", Better.LOWER, "Nodes that the autoscaler ordered.");
    static final Metric RETURNS =
            Metrics.count("scaling.returns", Better.NEITHER, "Nodes that the autoscaler gave back.");
    static final Metric THRASHES = Metrics.count(
            "scaling.thrashes",
            Better.LOWER,
            "Orders of a node that was given back less than the provisioning and idle times before.");
    static final Metric PROVISIONED = Metrics.gpuHours(
            "provisioned-gpu-hours",
            Better.LOWER,
            "GPU time of nodes from their order until they are given back, which is what a lender bills.");

    /** Share of all GPU time of each use. */
    static final Map<GpuUse, Metric> SHARES = shares();

    /** The mean over the jobs that are done of each part of the completion time. */
    static final Map<JobPart, Metric> PARTS = parts();

    /** GPU time of each use that a job holds its GPUs for; together {@code gpu-hours}. */
    static final Map<GpuUse, Metric> HOURS = hours();

    private static final List<Metric> OF_CLUSTER = List.of(
            MAKESPAN,
            UTILIZATION,
            QUEUE,
            LONGEST_QUEUE,
            QUEUE_BY_LITTLE,
            RUNNING,
            FRAGMENTATION,
            FAIRNESS,
            PREEMPTIONS,
            MOVES,
            FAILURES,
            GIVEN_UP,
            LOST,
            DEADLOCKED,
            DEADLOCKED_GPUS,
            ORDERS,
            RETURNS,
            THRASHES,
            PROVISIONED,
            DONE,
            UNFINISHED,
            DROPPED,
            SKIPPED,
            CANCELLED,
            EVENTS);

    private final List<GroupMetrics> groups;
    private final ClusterCosts costs;
    private final List<SweepMetrics> sweeps;

    /**
     * Of all jobs and of some groups.
     *
     * @param teams whose costs are known
     * @param sweeps names of sweeps
     * @param measures what is measured of each job
     */
    ClusterMetrics(List<JobGroup> groups, List<String> teams, List<String> sweeps, Set<JobMeasure> measures) {
        List<GroupMetrics> all = new ArrayList<>(List.of(GroupMetrics.of(JobGroup.ALL, measures)));
        groups.forEach(group -> all.add(GroupMetrics.of(group, measures)));
        this.groups = List.copyOf(all);
        costs = new ClusterCosts(teams);
        this.sweeps = sweeps.stream().map(SweepMetrics::of).toList();
    }

    /** Every metric with one value in each run, the headline first. */
    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(groups.get(0).metrics());
        metrics.addAll(OF_CLUSTER);
        metrics.addAll(ControlMetrics.all());
        metrics.addAll(ForecastMetrics.all());
        metrics.addAll(PARTS.values());
        metrics.addAll(SHARES.values());
        metrics.addAll(HOURS.values());
        groups.stream().skip(1).forEach(group -> metrics.addAll(group.metrics()));
        sweeps.forEach(sweep -> metrics.addAll(sweep.metrics()));
        metrics.addAll(costs.metrics());
        return List.copyOf(metrics);
    }

    /** The mean wait of all jobs. */
    Metric meanWait() {
        return groups.get(0).stated().get(JobMeasure.WAIT).get(GroupMetrics.Stated.MEAN);
    }

    /** Of all jobs, then of each group. */
    List<GroupMetrics> groups() {
        return groups;
    }

    /** What the cluster costs, and each team. */
    ClusterCosts costs() {
        return costs;
    }

    /** Every metric with a value for each job. */
    List<Metric> samples() {
        return groups.stream()
                .flatMap(group -> group.samples().values().stream())
                .toList();
    }

    /** A watcher of the GPUs that each group holds. */
    GroupWatch watch(List<ClusterJob> jobs, int partsPerGpu) {
        return new GroupWatch(jobs, groups.stream().map(GroupMetrics::group).toList(), partsPerGpu);
    }

    /** GPU time that each group held, and the most GPUs at the same time. */
    Map<Metric, Double> of(GroupWatch held) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            numbers.put(groups.get(i).gpuHours(), held.gpuSeconds(i));
            numbers.put(groups.get(i).mostGpus(), held.most(i));
        }
        return numbers;
    }

    /** What became of the sweeps. */
    Map<Metric, Double> of(List<TunedSweep> tuned) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        sweeps.forEach(sweep -> numbers.putAll(sweep.of(tuned)));
        return numbers;
    }

    /** What a job of each group costs, from the GPU time that the group holds. */
    Map<Metric, Double> costPerJob(ClusterOutcome outcome, GroupWatch held, double usdPerGpuSecond) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            JobGroup group = groups.get(i).group();
            long done = outcome.jobs().stream()
                    .filter(job -> job.isDone() && group.members().test(job.job()))
                    .count();
            if (done > 0) {
                numbers.put(groups.get(i).costPerJob(), usdPerGpuSecond * held.gpuSeconds(i) / done);
            }
        }
        return numbers;
    }

    private static Map<GpuUse, Metric> shares() {
        Map<GpuUse, Metric> shares = new EnumMap<>(GpuUse.class);
        for (GpuUse use : GpuUse.values()) {
            String word = use.name().toLowerCase(Locale.ROOT);
            Better better = use == GpuUse.USEFUL ? Better.HIGHER : Better.LOWER;
            shares.put(use, Metrics.share("share." + word, better, "Share of all GPU time: " + use.meaning() + "."));
        }
        return shares;
    }

    private static Map<GpuUse, Metric> hours() {
        Map<GpuUse, Metric> hours = new EnumMap<>(GpuUse.class);
        for (GpuUse use : GpuUse.values()) {
            String word = use.name().toLowerCase(Locale.ROOT);
            Better better = use == GpuUse.USEFUL ? Better.NEITHER : Better.LOWER;
            if (use.isOfJob()) {
                hours.put(use, Metrics.gpuHours("gpu-hours." + word, better, "GPU time: " + use.meaning() + "."));
            }
        }
        return hours;
    }

    private static Map<JobPart, Metric> parts() {
        Map<JobPart, Metric> parts = new EnumMap<>(JobPart.class);
        for (JobPart part : JobPart.values()) {
            parts.put(part, Metrics.hours(part.word(), Better.LOWER, part.doc()));
        }
        return parts;
    }

    /** The metric of each state of the GPUs by its label, useful work first. */
    static Map<String, Metric> states() {
        Map<String, Metric> states = new LinkedHashMap<>();
        SHARES.forEach((use, metric) -> states.put(use.label(), metric));
        return states;
    }

    /** What the mean completion time, the mean wait, the GPU time in use and the bills are made of. */
    Map<Metric, List<Metric>> sums() {
        Map<JobMeasure, Map<GroupMetrics.Stated, Metric>> all = groups.get(0).stated();
        Map<Metric, List<Metric>> sums = new LinkedHashMap<>();
        sums.put(all.get(JobMeasure.JCT).get(GroupMetrics.Stated.MEAN), List.copyOf(PARTS.values()));
        sums.put(
                all.get(JobMeasure.WAIT).get(GroupMetrics.Stated.MEAN),
                List.of(PARTS.get(JobPart.FIRST_WAIT), PARTS.get(JobPart.LATER_WAIT)));
        sums.put(
                UTILIZATION,
                SHARES.entrySet().stream()
                        .filter(share -> share.getKey().isOfJob())
                        .map(Map.Entry::getValue)
                        .toList());
        sums.put(groups.get(0).gpuHours(), List.copyOf(HOURS.values()));
        sums.put(
                LOST,
                HOURS.entrySet().stream()
                        .filter(hours -> hours.getKey() != GpuUse.USEFUL)
                        .map(Map.Entry::getValue)
                        .toList());
        sums.putAll(costs.sums());
        return sums;
    }

    /** The values of those of {@link #samples} that are asked for. */
    List<Details.Sample> samples(Set<Metric> asked, ClusterOutcome outcome) {
        return groups.stream()
                .flatMap(group -> group.samples(asked, outcome.jobs()).stream())
                .toList();
    }
}
