package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Metric.Better;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.JobOutcome;
import trainyard.scheduler.run.QueueWatch;
import trainyard.sim.engine.SimTime;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.units.Dimension;

/** The numbers of a cluster under many jobs, of all jobs and of groups of them. */
final class ClusterMetrics {

    private static final double HOUR = 3600;

    static final Metric MAKESPAN = new Metric(
            "makespan",
            Dimension.DURATION,
            "h",
            HOUR,
            Better.LOWER,
            "Time from the first submission to the last end; unknown where a job does not end.");
    static final Metric UTILIZATION = share(
            "utilization",
            Better.HIGHER,
            "GPU time that jobs hold, over all GPU time from the start of the clock to the end of the run.");
    static final Metric FAIRNESS = share(
            "fairness",
            Better.HIGHER,
            "Jain's index over the teams, or over the jobs where there is one team: (sum x)^2 / (n sum x^2), in which x is the"
                    + " run time of its jobs over their completion time. 100 %: all are slowed down alike (Jain, Chiu and Hawe,"
                    + " DEC-TR-301, 1984).");
    static final Metric PREEMPTIONS =
            count("preemptions", Better.LOWER, "How often jobs were stopped to make place for others.");
    static final Metric DONE = count("jobs.done", Better.HIGHER, "Jobs that are done in the end.");
    static final Metric UNFINISHED = count(
            "jobs.unfinished", Better.LOWER, "Jobs that never end, such as those that wait for one another for ever.");
    static final Metric DROPPED = count(
            "jobs.dropped",
            Better.LOWER,
            "Jobs left out because the empty cluster could not hold them, or the quota of their team never admits them.");
    static final Metric SKIPPED =
            count("jobs.skipped", Better.LOWER, "Rows of the list left out because they are bad.");
    static final Metric DECISIONS =
            count("events", Better.NEITHER, "Submissions, ends and other moments at which the policy was asked.");

    static final Metric QUEUE = count(
            "queue-length",
            Better.LOWER,
            "Mean number of jobs in the queue, from the start of the clock to the end of the run.");
    static final Metric LONGEST_QUEUE =
            count("queue-length.most", Better.LOWER, "Most jobs that were in the queue at the same time.");
    static final Metric QUEUE_BY_LITTLE = count(
            "queue-length.little",
            Better.LOWER,
            "Jobs a second times the mean wait: what `queue-length` is by Little's law (Operations Research 9(3), 1961).");
    static final Metric RUNNING = count("running-jobs", Better.NEITHER, "Mean number of jobs that run.");

    static final Metric FAILURES = count("failures", Better.LOWER, "How often a failure stopped a job.");
    static final Metric GIVEN_UP =
            count("jobs.given-up", Better.LOWER, "Jobs that were not started again after a failure.");
    static final Metric LOST = new Metric(
            "lost-gpu-hours",
            Dimension.DURATION,
            "h",
            HOUR,
            Better.LOWER,
            "GPU time of jobs that was not useful work: done in vain, slowed, starts, loads, checkpoints, standing still.");
    static final Metric DEADLOCKED = count(
            "deadlocked-jobs",
            Better.LOWER,
            "Jobs that hold some of their GPUs and wait for others for ever; 0 with gangs.");
    static final Metric DEADLOCKED_GPUS = count("deadlocked-gpus", Better.LOWER, "GPUs that such jobs hold idle.");
    static final Metric ORDERS = count("scaling.orders", Better.LOWER, "Nodes that the autoscaler ordered.");
    static final Metric RETURNS = count("scaling.returns", Better.NEITHER, "Nodes that the autoscaler gave back.");
    static final Metric THRASHES = count(
            "scaling.thrashes",
            Better.LOWER,
            "Orders of a node that was given back less than the provisioning and idle times before.");
    static final Metric PROVISIONED = new Metric(
            "provisioned-gpu-hours",
            Dimension.DURATION,
            "h",
            HOUR,
            Better.LOWER,
            "GPU time of nodes from their order until they are given back, which is what a lender bills.");
    private static final Map<GpuUse, Metric> SHARES = shares();
    private static final Map<JobPart, Metric> PARTS = parts();

    private static final List<Metric> OF_CLUSTER = List.of(
            MAKESPAN,
            UTILIZATION,
            QUEUE,
            LONGEST_QUEUE,
            QUEUE_BY_LITTLE,
            RUNNING,
            FAIRNESS,
            PREEMPTIONS,
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
            DECISIONS);

    /** What is stated of a measure. */
    private enum Stated {
        MEAN("mean", "Mean of:", OptionalDouble.empty()),
        P50("p50", "Median of:", OptionalDouble.of(0.5)),
        P95("p95", "95 % of the jobs stay at or below it:", OptionalDouble.of(0.95)),
        P99("p99", "99 % of the jobs stay at or below it:", OptionalDouble.of(0.99));

        private final String word;
        private final String words;
        private final OptionalDouble quantile;

        Stated(String word, String words, OptionalDouble quantile) {
            this.word = word;
            this.words = words;
            this.quantile = quantile;
        }

        double of(double[] values) {
            return quantile.isPresent()
                    ? new Quantiles(values).quantile(quantile.getAsDouble())
                    : java.util.Arrays.stream(values).average().orElseThrow();
        }
    }

    /**
     * The metrics of a group.
     *
     * @param group the jobs
     * @param samples one with a value for each job, by what is measured
     * @param stated one value in each run, by what is measured and stated
     * @param gpuHours GPU time that its jobs hold
     * @param mostGpus most GPUs that they hold at the same time
     * @param submitted how many jobs there are
     */
    private record OfGroup(
            JobGroup group,
            Map<JobMeasure, Metric> samples,
            Map<JobMeasure, Map<Stated, Metric>> stated,
            Metric gpuHours,
            Metric mostGpus,
            Metric submitted) {

        static OfGroup of(JobGroup group) {
            Map<JobMeasure, Metric> samples = new EnumMap<>(JobMeasure.class);
            Map<JobMeasure, Map<Stated, Metric>> stated = new EnumMap<>(JobMeasure.class);
            String of = group.equals(JobGroup.ALL) ? "" : " Of " + group.words() + ".";
            for (JobMeasure measure : JobMeasure.values()) {
                String name = group.prefix() + measure.word();
                samples.put(measure, metric(measure, name, measure.doc() + of));
                Map<Stated, Metric> ofMeasure = new EnumMap<>(Stated.class);
                for (Stated one : Stated.values()) {
                    ofMeasure.put(
                            one,
                            metric(measure, name + "." + one.word, one.words + " " + lowerFirst(measure.doc()) + of));
                }
                stated.put(measure, ofMeasure);
            }
            return new OfGroup(
                    group,
                    samples,
                    stated,
                    new Metric(
                            group.prefix() + "gpu-hours",
                            Dimension.DURATION,
                            "h",
                            HOUR,
                            Better.NEITHER,
                            "GPU time that jobs hold." + of),
                    count(
                            group.prefix() + "gpus.most",
                            Better.NEITHER,
                            "Most GPUs that jobs hold at the same time." + of),
                    count(group.prefix() + "jobs", Better.NEITHER, "Jobs submitted." + of));
        }

        private static Metric metric(JobMeasure measure, String name, String doc) {
            return new Metric(name, measure.dimension(), measure.unit(), measure.unitSize(), Better.LOWER, doc);
        }

        List<Metric> metrics() {
            List<Metric> metrics = new ArrayList<>();
            stated.values().forEach(ofMeasure -> metrics.addAll(ofMeasure.values()));
            metrics.add(gpuHours);
            metrics.add(mostGpus);
            metrics.add(submitted);
            return metrics;
        }

        void put(List<JobOutcome> all, Map<Metric, Double> numbers) {
            List<JobOutcome> jobs =
                    all.stream().filter(job -> group.members().test(job.job())).toList();
            List<JobOutcome> done = jobs.stream().filter(JobOutcome::isDone).toList();
            numbers.put(submitted, (double) jobs.size());
            if (done.isEmpty()) {
                return;
            }
            stated.forEach((measure, ofMeasure) -> {
                double[] values = done.stream().mapToDouble(measure::of).toArray();
                ofMeasure.forEach((one, metric) -> numbers.put(metric, one.of(values)));
            });
        }
    }

    private final List<OfGroup> groups;
    private final ClusterCosts costs;

    /** Of all jobs and of some groups, with the costs of teams by name. */
    ClusterMetrics(List<JobGroup> groups, List<String> teams) {
        List<OfGroup> all = new ArrayList<>(List.of(OfGroup.of(JobGroup.ALL)));
        groups.forEach(group -> all.add(OfGroup.of(group)));
        this.groups = List.copyOf(all);
        costs = new ClusterCosts(teams);
    }

    /** Every metric with one value in each run, the headline first. */
    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(groups.get(0).metrics());
        metrics.addAll(OF_CLUSTER);
        metrics.addAll(PARTS.values());
        metrics.addAll(SHARES.values());
        groups.stream().skip(1).forEach(group -> metrics.addAll(group.metrics()));
        metrics.addAll(costs.metrics());
        return List.copyOf(metrics);
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
    HeldGpus watch(List<ClusterJob> jobs) {
        return new HeldGpus(jobs, groups.stream().map(OfGroup::group).toList());
    }

    /** GPU time that each group held, and the most GPUs at the same time. */
    Map<Metric, Double> of(HeldGpus held) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            numbers.put(groups.get(i).gpuHours(), held.gpuSeconds(i));
            numbers.put(groups.get(i).mostGpus(), (double) held.most(i));
        }
        return numbers;
    }

    /** The numbers of a run, in base units. */
    Map<Metric, Double> of(ClusterOutcome outcome, QueueWatch queue) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        groups.forEach(group -> group.put(outcome.jobs(), numbers));
        long done = outcome.jobs().stream().filter(JobOutcome::isDone).count();
        long unfinished = outcome.jobs().size() - done;
        if (unfinished == 0) {
            numbers.put(MAKESPAN, SimTime.seconds(outcome.makespanNanos()));
            numbers.put(FAIRNESS, Fairness.of(outcome.jobs()));
            double wait = outcome.jobs().stream()
                    .mapToDouble(JobMeasure.WAIT::of)
                    .average()
                    .orElse(0);
            numbers.put(QUEUE_BY_LITTLE, done / SimTime.seconds(outcome.endNanos()) * wait);
        }
        numbers.put(QUEUE, queue.meanWaiting());
        numbers.put(LONGEST_QUEUE, (double) queue.mostWaiting());
        numbers.put(RUNNING, queue.meanRunning());
        numbers.put(PREEMPTIONS, (double) outcome.preemptions());
        numbers.put(ORDERS, (double) outcome.scaling().orders());
        numbers.put(RETURNS, (double) outcome.scaling().returns());
        numbers.put(THRASHES, (double) outcome.scaling().thrashes());
        numbers.put(DONE, (double) done);
        numbers.put(UNFINISHED, (double) unfinished);
        numbers.put(DEADLOCKED, 0.0);
        numbers.put(DEADLOCKED_GPUS, 0.0);
        outcome.ledger().ifPresent(ledger -> putUses(ledger, outcome, numbers));
        putParts(outcome, numbers);
        numbers.put(DECISIONS, (double) outcome.events());
        return numbers;
    }

    private static void putUses(ClusterLedger ledger, ClusterOutcome outcome, Map<Metric, Double> numbers) {
        double all = SimTime.seconds(outcome.endNanos()) * outcome.gpus();
        double held = 0;
        for (GpuUse use : GpuUse.values()) {
            double seconds = ledger.gpuSeconds(use);
            numbers.put(SHARES.get(use), seconds / all);
            held += use.isOfJob() ? seconds : 0;
        }
        numbers.put(UTILIZATION, held / all);
        numbers.put(PROVISIONED, all - ledger.gpuSeconds(GpuUse.OFF));
        numbers.put(LOST, held - ledger.gpuSeconds(GpuUse.USEFUL));
        numbers.put(FAILURES, (double) outcome.jobs().stream()
                .mapToLong(job -> job.losses().failures())
                .sum());
        numbers.put(GIVEN_UP, (double)
                outcome.jobs().stream().filter(job -> job.losses().gaveUp()).count());
    }

    /** The mean over the jobs that are done of each part of the completion time. */
    private static void putParts(ClusterOutcome outcome, Map<Metric, Double> numbers) {
        List<JobOutcome> done =
                outcome.jobs().stream().filter(JobOutcome::isDone).toList();
        if (!done.isEmpty()) {
            PARTS.forEach((part, metric) -> numbers.put(
                    metric, done.stream().mapToDouble(part::of).average().orElseThrow()));
        }
    }

    private static Map<GpuUse, Metric> shares() {
        Map<GpuUse, Metric> shares = new EnumMap<>(GpuUse.class);
        for (GpuUse use : GpuUse.values()) {
            String word = use.name().toLowerCase(Locale.ROOT);
            Better better = use == GpuUse.USEFUL ? Better.HIGHER : Better.LOWER;
            shares.put(use, share("share." + word, better, "Share of all GPU time: " + use.meaning() + "."));
        }
        return shares;
    }

    private static Map<JobPart, Metric> parts() {
        Map<JobPart, Metric> parts = new EnumMap<>(JobPart.class);
        for (JobPart part : JobPart.values()) {
            parts.put(part, new Metric(part.word(), Dimension.DURATION, "h", HOUR, Better.LOWER, part.doc()));
        }
        return parts;
    }

    /** The metric of each state of the GPUs by its label, useful work first. */
    static Map<String, Metric> states() {
        Map<String, Metric> states = new LinkedHashMap<>();
        SHARES.forEach((use, metric) -> states.put(use.label(), metric));
        return states;
    }

    /** What the mean completion time, and the mean wait, are made of. */
    static Map<Metric, List<Metric>> sums() {
        OfGroup all = OfGroup.of(JobGroup.ALL);
        return Map.of(
                all.stated().get(JobMeasure.JCT).get(Stated.MEAN),
                List.copyOf(PARTS.values()),
                all.stated().get(JobMeasure.WAIT).get(Stated.MEAN),
                List.of(PARTS.get(JobPart.FIRST_WAIT), PARTS.get(JobPart.LATER_WAIT)),
                UTILIZATION,
                SHARES.entrySet().stream()
                        .filter(share -> share.getKey().isOfJob())
                        .map(Map.Entry::getValue)
                        .toList());
    }

    /** Values of a metric of {@link #samples} in the order of arrival, of jobs that are done. */
    double[] values(Metric sample, ClusterOutcome outcome) {
        for (OfGroup group : groups) {
            for (Map.Entry<JobMeasure, Metric> entry : group.samples().entrySet()) {
                if (entry.getValue().equals(sample)) {
                    return outcome.jobs().stream()
                            .filter(job ->
                                    job.isDone() && group.group().members().test(job.job()))
                            .mapToDouble(entry.getKey()::of)
                            .toArray();
                }
            }
        }
        throw new IllegalArgumentException(sample.name() + " has no value for each job");
    }

    private static String lowerFirst(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static Metric share(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", 0.01, better, doc);
    }

    private static Metric count(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, better, doc);
    }
}
