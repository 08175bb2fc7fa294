package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.workload.Metric;

/**
 * Designs of any workload side by side, replication by replication. Designs with one seed meet the same luck, so their
 * differences are paired; with several seeds they are those of independent runs.
 *
 * @param scenarios where they come from
 * @param entries at least two, the first is the baseline
 * @param metrics those of the workload, the headline first
 */
public record StudyComparison(List<Scenario> scenarios, List<Entry> entries, List<Metric> metrics) {

    /**
     * One design.
     *
     * @param name of the scenario or its variant
     * @param result what its replications came to
     * @param seed seed of its randomness
     */
    public record Entry(String name, CellResult result, long seed) {}

    public StudyComparison {
        scenarios = List.copyOf(scenarios);
        entries = List.copyOf(entries);
        metrics = List.copyOf(metrics);
    }

    /** Whether scenarios are compared this way: all but single steps, which have terms to compare. */
    public static boolean suits(List<Scenario> scenarios) {
        return scenarios.stream().anyMatch(scenario -> !scenario.kind().showsStep());
    }

    /**
     * Simulates every scenario, or every variant of it.
     *
     * @param threads threads that simulate; no result depends on it
     * @throws ScenarioException if there are fewer than two designs, their workloads differ, or none can run
     */
    public static StudyComparison of(List<Scenario> scenarios, boolean quick, int threads) {
        List<Entry> entries = new ArrayList<>();
        List<Metric> metrics = List.of();
        for (Scenario scenario : scenarios) {
            Study study = Study.of(scenario, quick);
            Preflight.check(study);
            requireSame(metrics, study, scenario);
            metrics = metrics.isEmpty() ? ordered(study) : metrics;
            StudyResult result = new StudyRunner(threads, done -> {}).run(study);
            result.requireFeasible();
            for (CellResult cell : result.grid()) {
                entries.add(new Entry(name(scenario, cell, scenarios), cell, scenario.seed()));
            }
        }
        if (entries.size() < 2) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "there is one design only", "name a second scenario, or one with variants"));
        }
        return new StudyComparison(scenarios, entries, metrics);
    }

    private static void requireSame(List<Metric> metrics, Study study, Scenario scenario) {
        if (!metrics.isEmpty() && !study.metrics().containsAll(metrics.subList(1, metrics.size()))) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE,
                    scenario.name() + " is another kind of workload than the first scenario",
                    "compare lives with lives, and collectives with collectives"));
        }
    }

    private static List<Metric> ordered(Study study) {
        List<Metric> metrics = new ArrayList<>(List.of(Answer.headline(study)));
        study.metrics().stream().filter(metric -> !metrics.contains(metric)).forEach(metrics::add);
        return metrics;
    }

    private static String name(Scenario scenario, CellResult cell, List<Scenario> all) {
        String name = name(scenario, all);
        if (cell.cell().variant().isEmpty() && cell.cell().coordinates().isEmpty()) {
            return name;
        }
        return all.size() > 1 ? name + ": " + cell.cell().label() : cell.cell().label();
    }

    /** The name of a scenario among others, with its file where several have the same name. */
    static String name(Scenario scenario, List<Scenario> all) {
        boolean unique = all.stream()
                .allMatch(other -> other == scenario || !other.name().equals(scenario.name()));
        return unique || scenario.sources().isEmpty()
                ? scenario.name()
                : scenario.name() + " (" + scenario.sources().get(0).name() + ")";
    }

    public Entry baseline() {
        return entries.get(0);
    }

    /** Whether a design meets the same luck as the baseline. */
    public boolean isPaired(Entry entry) {
        return entry.seed() == baseline().seed();
    }

    /** A design less the baseline; empty where one of them has no value. */
    public Optional<Difference> difference(Entry entry, Metric metric) {
        return isPaired(entry)
                ? Difference.paired(entry.result(), baseline().result(), metric)
                : unpaired(entry, metric);
    }

    /** The same as if they had met luck of their own; empty for statistics other than the mean. */
    public Optional<Difference> unpaired(Entry entry, Metric metric) {
        return metric.statistic().isPresent()
                ? Optional.empty()
                : Difference.unpaired(entry.result(), baseline().result(), metric);
    }

    /** The metrics that some design has a value of other than 0, and those that lack an input of the scenario. */
    public List<Metric> shown() {
        return metrics.stream()
                .filter(metric -> !metric.needs().isEmpty()
                        || entries.stream()
                                .anyMatch(entry -> entry.result()
                                        .mean(metric)
                                        .filter(value -> value != 0)
                                        .isPresent()))
                .toList();
    }

    /** Designs that the replications cannot tell from the best one by the headline. */
    public List<Entry> ties() {
        Metric headline = metrics.get(0);
        Entry best = best();
        return entries.stream()
                .filter(entry -> entry != best)
                .filter(entry -> between(best, entry, headline)
                        .flatMap(Difference::interval)
                        .filter(interval -> interval.contains(0))
                        .isPresent())
                .toList();
    }

    private static Optional<Difference> between(Entry first, Entry second, Metric metric) {
        return first.seed() == second.seed()
                ? Difference.paired(first.result(), second.result(), metric)
                : Difference.unpaired(first.result(), second.result(), metric);
    }

    /** The best design by the headline; the baseline where none is better. */
    public Entry best() {
        Metric headline = metrics.get(0);
        Entry best = baseline();
        for (Entry entry : entries) {
            Optional<Double> a = entry.result().mean(headline);
            Optional<Double> b = best.result().mean(headline);
            boolean better = a.isPresent()
                    && (b.isEmpty()
                            || (headline.better() == Metric.Better.LOWER ? a.get() < b.get() : a.get() > b.get()));
            best = better && headline.better() != Metric.Better.NEITHER ? entry : best;
        }
        return best;
    }
}
