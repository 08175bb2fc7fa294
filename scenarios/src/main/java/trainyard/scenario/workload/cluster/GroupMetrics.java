package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.stats.Quantiles;

/**
 * The numbers of the jobs of a group.
 *
 * @param group the jobs
 * @param samples one with a value for each job, by what is measured
 * @param stated one value in each run, by what is measured and stated
 * @param gpuHours GPU time that its jobs hold
 * @param mostGpus most GPUs that they hold at the same time
 * @param submitted how many jobs there are
 * @param costPerJob price of what its jobs hold
 */
record GroupMetrics(
        JobGroup group,
        Map<JobMeasure, Metric> samples,
        Map<JobMeasure, Map<Stated, Metric>> stated,
        Metric gpuHours,
        Metric mostGpus,
        Metric submitted,
        Metric costPerJob) {

    /** What is stated of a measure. */
    enum Stated {
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

        double of(double[] values, Quantiles sorted) {
            return quantile.isPresent()
                    ? sorted.quantile(quantile.getAsDouble())
                    : Arrays.stream(values).average().orElseThrow();
        }
    }

    static GroupMetrics of(JobGroup group, Set<JobMeasure> measures) {
        Map<JobMeasure, Metric> samples = new EnumMap<>(JobMeasure.class);
        Map<JobMeasure, Map<Stated, Metric>> stated = new EnumMap<>(JobMeasure.class);
        String of = group.equals(JobGroup.ALL) ? "" : " Of " + group.words() + ".";
        for (JobMeasure measure : measures) {
            String name = group.prefix() + measure.word();
            samples.put(measure, metric(group, measure, name, measure.doc() + of));
            Map<Stated, Metric> ofMeasure = new EnumMap<>(Stated.class);
            for (Stated one : Stated.values()) {
                ofMeasure.put(
                        one,
                        metric(
                                group,
                                measure,
                                name + "." + one.word,
                                one.words + " " + lowerFirst(measure.doc()) + of));
            }
            stated.put(measure, ofMeasure);
        }
        return new GroupMetrics(
                group,
                samples,
                stated,
                Metrics.gpuHours(group.prefix() + "gpu-hours", Better.NEITHER, "GPU time that jobs hold." + of)
                        .needing(group.needs())
                        .ofGroup(group.name()),
                Metrics.count(
                                group.prefix() + "gpus.most",
                                Better.NEITHER,
                                "Most GPUs that jobs hold at the same time." + of)
                        .needing(group.needs())
                        .ofGroup(group.name()),
                Metrics.count(group.prefix() + "jobs", Better.NEITHER, "Jobs submitted." + of)
                        .needing(group.needs())
                        .ofGroup(group.name()),
                ClusterCosts.usd(
                                group.prefix() + "cost-per-job",
                                "Price of the GPU time that jobs hold, over those that are done." + of)
                        .ofGroup(group.name()));
    }

    private static Metric metric(JobGroup group, JobMeasure measure, String name, String doc) {
        return new Metric(
                        name,
                        measure.dimension(),
                        measure.unit(),
                        measure.unitSize(),
                        measure.bounds(),
                        Better.LOWER,
                        doc)
                .needing(group.needs())
                .ofGroup(group.name());
    }

    /** Those with one value in each run. */
    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        stated.values().forEach(ofMeasure -> metrics.addAll(ofMeasure.values()));
        metrics.add(gpuHours);
        metrics.add(mostGpus);
        metrics.add(submitted);
        metrics.add(costPerJob);
        return metrics;
    }

    /** Puts the numbers of the jobs of the group among all jobs of a run, in base units. */
    void put(List<JobOutcome> all, Results results, Map<Metric, Double> numbers) {
        List<JobOutcome> jobs =
                all.stream().filter(job -> group.members().test(job.job())).toList();
        List<JobOutcome> done = jobs.stream().filter(JobOutcome::isDone).toList();
        numbers.put(submitted, (double) jobs.size());
        if (done.isEmpty()) {
            return;
        }
        stated.forEach((measure, ofMeasure) -> {
            double[] values = values(measure, done, results);
            if (values.length > 0) {
                Quantiles sorted = new Quantiles(values);
                ofMeasure.forEach((one, metric) -> numbers.put(metric, one.of(values, sorted)));
            }
        });
    }

    /** The values of those samples that are asked for: of each job of the group that is done, in the order of arrival. */
    List<Details.Sample> samples(Set<Metric> asked, List<JobOutcome> all) {
        if (samples.values().stream().noneMatch(asked::contains)) {
            return List.of();
        }
        Results results = new Results(all);
        List<JobOutcome> done = all.stream()
                .filter(job -> job.isDone() && group.members().test(job.job()))
                .toList();
        return samples.entrySet().stream()
                .filter(entry -> asked.contains(entry.getValue()))
                .map(entry -> new Details.Sample(
                        entry.getValue(),
                        Arrays.stream(values(entry.getKey(), done, results))
                                .boxed()
                                .toList()))
                .toList();
    }

    private static double[] values(JobMeasure measure, List<JobOutcome> done, Results results) {
        return done.stream()
                .mapToDouble(job -> measure.of(job, results))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private static String lowerFirst(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
