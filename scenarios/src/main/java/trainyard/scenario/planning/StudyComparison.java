package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.Extrapolations;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * Designs of any workload side by side, replication by replication. Designs with one seed and as many replications meet the
 * same luck, so their differences are paired; else they are those of the means, as of independent runs.
 *
 * @param scenarios where they come from
 * @param entries at least two, the first that can run is the baseline
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
     * @param progress is told how many replications are done, and how many there are
     * @throws ScenarioException if there are fewer than two designs, their workloads differ, or none can run
     */
    public static StudyComparison of(
            List<Scenario> scenarios, boolean quick, int threads, BiConsumer<Integer, Integer> progress) {
        List<Study> studies =
                scenarios.stream().map(scenario -> Study.of(scenario, quick)).toList();
        studies.forEach(Preflight::check);
        studies.forEach(study -> requireSame(studies.get(0), study));
        ComparedStudies runs = new ComparedStudies(studies, threads, progress);
        List<Entry> entries = new ArrayList<>();
        for (Study study : studies) {
            StudyResult result = runs.run(study);
            result.requireFeasible();
            Scenario scenario = study.scenario();
            for (CellResult cell : result.grid()) {
                entries.add(new Entry(name(scenario, cell, scenarios), cell, scenario.seed()));
            }
        }
        if (entries.size() < 2) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "there is one design only", "name a second scenario, or one with variants"));
        }
        return new StudyComparison(scenarios, entries, inCommon(studies));
    }

    /** Studies of other kinds are compared only where they have all numbers of the first, as lives have those of steps. */
    private static void requireSame(Study first, Study study) {
        boolean sameKind = study.kind().equals(first.kind());
        if (!sameKind && !study.metrics().containsAll(first.metrics())) {
            throw refused(
                    study,
                    study.scenario().name() + " is a study of " + word(study) + ", and "
                            + first.scenario().name() + " one of " + word(first),
                    "compare studies of one kind");
        }
        Metric headline = Answer.headline(first).yielded();
        if (!study.known().contains(headline)) {
            throw refused(
                    study,
                    study.scenario().name() + " has no " + headline.name() + ", which is the headline of "
                            + first.scenario().name(),
                    "choose a report.headline that both have");
        }
    }

    private static String word(Study study) {
        return study.kind().section().key();
    }

    private static ScenarioException refused(Study study, String message, String hint) {
        return new ScenarioException(Problem.at(
                study.scenario().values().position(study.kind().section()), Problem.Kind.VALUE, message, hint));
    }

    /** The headline and the metrics that all studies have, in the order of the first. */
    private static List<Metric> inCommon(List<Study> studies) {
        List<Metric> metrics = new ArrayList<>(List.of(Answer.headline(studies.get(0))));
        studies.get(0).metrics().stream()
                .filter(metric -> !metrics.contains(metric))
                .filter(metric ->
                        studies.stream().allMatch(study -> study.metrics().contains(metric)))
                .forEach(metrics::add);
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

    /** The first design that can run: to one that cannot there is no difference. The first of all where none can. */
    public Entry baseline() {
        return entries.stream()
                .filter(entry -> entry.result().isFeasible())
                .findFirst()
                .orElse(entries.get(0));
    }

    /** Which design is the baseline, where it is not the first; in one sentence without a final stop. */
    public Optional<String> baselineNote() {
        return note(baseline().name(), baseline() == entries.get(0));
    }

    /** The same of a baseline that may be the first design. */
    static Optional<String> note(String baseline, boolean first) {
        return first
                ? Optional.empty()
                : Optional.of("The baseline is " + baseline + ", the first design that can run");
    }

    /** Whether a design meets the same luck as the baseline, in each replication. */
    public boolean isPaired(Entry entry) {
        return arePaired(entry, baseline());
    }

    private static boolean arePaired(Entry first, Entry second) {
        int runs = first.result().outcomes().size();
        int others = second.result().outcomes().size();
        return first.seed() == second.seed() && (runs == others || runs == 0 || others == 0);
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
        return arePaired(first, second)
                ? Difference.paired(first.result(), second.result(), metric)
                : Difference.unpaired(first.result(), second.result(), metric);
    }

    /** Where designs take times from outside what was measured, in sentences without a final stop. */
    public List<String> extrapolations() {
        return Extrapolations.of(entries.stream()
                .map(entry -> new Extrapolations.Design(
                        entry.name(),
                        entry.result().first().map(Outcome::extrapolations).orElse(List.of())))
                .toList());
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
