package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Expectation;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.study.Published;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.cluster.ClusterRemarks;
import trainyard.scenario.workload.life.LifeRemarks;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sgd.SgdRemarks;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.scenario.workload.step.StepRemarks;
import trainyard.sim.units.Dimension;

/**
 * What a result says.
 *
 * @param result the outcomes
 * @param headline the metric that the answer is about
 * @param shown the cell that the answer is about: the best feasible one, or the one that the scenario names
 * @param named whether the scenario names it, so that it is no best one
 * @param verdicts what was expected and whether it held
 * @param comparisons simulated figures beside published ones
 */
public record Answer(
        StudyResult result,
        Metric headline,
        CellResult shown,
        boolean named,
        List<Expectation.Verdict> verdicts,
        List<Comparison> comparisons) {

    /** A share below this would be printed as 0.0 %. */
    private static final double LEAST_SHARE = 0.0005;

    public Answer {
        verdicts = List.copyOf(verdicts);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * A simulated figure beside a published one.
     *
     * @param cell the cell that it is of
     * @param published what the source measured
     * @param simulated what was simulated, in base units
     */
    public record Comparison(CellResult cell, Published published, double simulated) {

        /** Relative error: positive when the simulated figure is too large. */
        public double error() {
            return published.error(simulated);
        }

        /** Such as {@code step time 13.9 s against 13.75 s published (+1.1 %), Korthikanti et al. 2022}. */
        public String sentence() {
            Metric metric = published.metric();
            String source = published.source().isEmpty() ? "" : "; " + published.source();
            return String.format(
                    Locale.ROOT,
                    "%s %s against %s published (%+.1f %%%s)",
                    metric.words(),
                    metric.format(simulated),
                    metric.format(published.value()),
                    100 * error(),
                    source);
        }
    }

    /**
     * Reads the answer from a result.
     *
     * @throws ScenarioException if nothing of it can run, or it names a metric that is not there or has no value
     */
    public static Answer of(StudyResult result) {
        result.requireFeasible();
        Metric headline =
                stated(result.study()).map(asked -> known(asked, result)).orElseGet(() -> headline(result));
        Optional<CellResult> named = HeadlineCell.of(ReportSection.HEADLINE_OF, result)
                .filter(cell -> cell.mean(headline).isPresent());
        CellResult shown = named.or(() -> result.best(headline)).orElseThrow(() -> unknown(result, headline));
        List<Expectation.Verdict> verdicts = Expectation.all(result.study()).stream()
                .map(expectation -> expectation.check(result))
                .toList();
        return new Answer(result, headline, shown, named.isPresent(), verdicts, comparisons(result));
    }

    /**
     * The metric that is asked for; or where no design has a value of it because runs ended before what it measures had happened,
     * the first that has one, or because all came to nothing, that they did: a study that took its time is never without a report.
     */
    private static Metric known(Metric asked, StudyResult result) {
        if (result.best(asked).isPresent()) {
            return asked;
        }
        boolean open = result.feasible().stream().anyMatch(cell -> Unknown.isOpen(cell, asked));
        List<Outcome> outcomes = result.feasible().stream()
                .flatMap(cell -> cell.outcomes().stream())
                .toList();
        return open ? headline(result) : result.study().kind().instead(outcomes).orElse(asked);
    }

    private static ScenarioException unknown(StudyResult result, Metric headline) {
        Values report = result.study().scenario().values().get(ScenarioSection.REPORT);
        return new ScenarioException(Problem.at(
                report.position(ReportSection.HEADLINE),
                Problem.Kind.METRIC,
                headline.name() + " is " + Unknown.reason(result.feasible().get(0), headline),
                headline.needs().isEmpty() ? "choose another headline" : "state " + headline.needs()));
    }

    /** The metric of the headline sentence as far as the study alone tells. */
    public static Metric headline(Study study) {
        return stated(study).orElse(study.metrics().get(0));
    }

    private static Optional<Metric> stated(Study study) {
        Values report = study.scenario().values().get(ScenarioSection.REPORT);
        Position position = report.position(ReportSection.HEADLINE);
        return report.find(ReportSection.HEADLINE).map(metric -> MetricPath.find(metric, study.known(), position));
    }

    /** The first metric of the study; but the shortest step is not the best one where steps learn from more or less. */
    private static Metric headline(StudyResult result) {
        Metric first = result.study().metrics().stream()
                .filter(metric -> result.best(metric).isPresent())
                .findFirst()
                .orElse(result.study().metrics().get(0));
        if (!first.equals(StepMetrics.STEP_TIME) || sameEverywhere(result, Answer::learnedPerStep)) {
            return first;
        }
        boolean sameGpus =
                sameEverywhere(result, cell -> cell.mean(StepMetrics.GPUS).orElse(0.0));
        boolean tokens = result.best(StepMetrics.THROUGHPUT).isPresent();
        Metric rate = tokens ? StepMetrics.THROUGHPUT : StepMetrics.IMAGES_PER_SECOND;
        return sameGpus ? rate : StepMetrics.MFU;
    }

    /** Tokens, or images that have none. */
    private static double learnedPerStep(CellResult cell) {
        double rate = cell.mean(StepMetrics.THROUGHPUT)
                .or(() -> cell.mean(StepMetrics.IMAGES_PER_SECOND))
                .orElse(0.0);
        return rate * cell.mean(StepMetrics.STEP_TIME).orElse(0.0);
    }

    private static boolean sameEverywhere(StudyResult result, ToDoubleFunction<CellResult> value) {
        DoubleSummaryStatistics values =
                result.feasible().stream().mapToDouble(value).summaryStatistics();
        return values.getMax() - values.getMin() <= 1e-9 * Math.abs(values.getMax());
    }

    private static List<Comparison> comparisons(StudyResult result) {
        List<Comparison> comparisons = new ArrayList<>();
        for (CellResult cell : result.feasible()) {
            for (Published published : Published.all(result.study(), cell.cell())) {
                cell.mean(published.metric())
                        .ifPresent(value -> comparisons.add(new Comparison(cell, published, value)));
            }
        }
        return comparisons;
    }

    /** The metric that the scenario asks for where no design has a value of it, so that the headline is another; empty else. */
    Optional<Metric> replaced() {
        return stated(result.study()).filter(asked -> !asked.equals(headline));
    }

    /** The value of the headline, in base units. */
    public double value() {
        return shown.mean(headline).orElseThrow();
    }

    /** How much the cell that the scenario names differs from the one that it is held against; empty where it names none. */
    Optional<String> difference() {
        return HeadlineCell.of(ReportSection.HEADLINE_AGAINST, result)
                .filter(against -> named)
                .flatMap(against ->
                        Difference.paired(shown, against, headline).map(difference -> words(difference, against)));
    }

    private String words(Difference difference, CellResult against) {
        double other = against.mean(headline).orElse(0.0);
        String unit = headline.format(Math.max(Math.abs(value()), Math.abs(other)));
        return difference.words(headline, unit) + share(difference, other) + " against "
                + against.cell().label();
    }

    /** The difference as a share of the other value; empty of shares, which differ by points, and where there is nothing to be a share of. */
    private String share(Difference difference, double other) {
        double share = difference.estimate().value() / other;
        boolean stated = headline.dimension() != Dimension.FRACTION && other > 0 && Math.abs(share) >= LEAST_SHARE;
        return stated ? String.format(Locale.ROOT, ", %+,.1f %%,", 100 * share) : "";
    }

    /** What a reader asks for next, such as {@code throughput 22,000 tokens/s}; empty where the study yields none of it. */
    public List<String> besides() {
        List<String> besides = new ArrayList<>();
        beside(StepMetrics.IMAGES_PER_SECOND)
                .map(value -> value + " " + StepMetrics.IMAGES_PER_SECOND.unit())
                .or(() -> beside(StepMetrics.THROUGHPUT))
                .ifPresent(value -> besides.add("throughput " + value));
        beside(StepMetrics.FLOPS_PER_GPU).ifPresent(value -> besides.add(value + " per GPU"));
        beside(StepMetrics.MEMORY_PEAK).ifPresent(value -> besides.add("peak memory " + value));
        return besides;
    }

    private Optional<String> beside(Metric metric) {
        return metric.equals(headline) ? Optional.empty() : shown.mean(metric).map(metric::format);
    }

    /** What the numbers leave easily unseen, in sentences without a final stop: jobs that hang, runs that diverged. */
    public List<String> remarks() {
        Map<String, List<String>> cells = new LinkedHashMap<>();
        for (CellResult cell : result.grid()) {
            Stream.of(
                            StepRemarks.of(cell.outcomes()),
                            LifeRemarks.of(cell.outcomes()),
                            ClusterRemarks.of(cell.outcomes()),
                            SgdRemarks.of(cell.outcomes()))
                    .flatMap(List::stream)
                    .forEach(remark -> cells.computeIfAbsent(remark, key -> new ArrayList<>())
                            .add(cell.cell().label()));
        }
        Stream<String> told = cells.entrySet().stream()
                .map(of -> (result.grid().size() == 1 ? "" : Ties.names(of.getValue()) + ": ") + of.getKey());
        return Stream.concat(told, Extrapolations.sentences(result.grid()).stream())
                .toList();
    }

    /** Why designs cannot run, those of one reason together, in sentences without a final stop; none where there is one design alone. */
    public List<String> obstacles() {
        Map<String, List<String>> cells = new LinkedHashMap<>();
        List<CellResult> all = new ArrayList<>(result.grid());
        all.addAll(result.ranges());
        for (CellResult cell : all) {
            cell.first()
                    .flatMap(Outcome::infeasible)
                    .ifPresent(problem -> cells.computeIfAbsent(reason(problem), key -> new ArrayList<>())
                            .add(cell.cell().label()));
        }
        return cells.entrySet().stream()
                .map(of -> Ties.names(of.getValue()) + ": " + of.getKey())
                .toList();
    }

    private static String reason(Problem problem) {
        return problem.message() + (problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")");
    }

    /** Where measures of one thing name different designs as the best, which; without a final stop. */
    public Optional<String> disagreement() {
        return Views.disagreement(result);
    }

    /** Whether everything that was expected held. */
    public boolean holds() {
        return verdicts.stream().allMatch(Expectation.Verdict::holds);
    }

    /** The answer in one sentence, without a final stop. */
    public String sentence() {
        StringBuilder sentence = new StringBuilder(Sentence.start(this));
        comparisons.stream()
                .filter(comparison -> comparison.cell().equals(shown)
                        && comparison.published().metric().equals(headline))
                .findFirst()
                .ifPresent(comparison -> sentence.append(String.format(
                        Locale.ROOT,
                        ", %+.1f %% against the published %s",
                        100 * comparison.error(),
                        headline.format(comparison.published().value()))));
        return sentence.toString();
    }
}
