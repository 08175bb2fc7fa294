package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.document.Breakdown;
import trainyard.report.document.Check;
import trainyard.report.document.Completion;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Summary;
import trainyard.report.document.VariantTable;
import trainyard.report.document.VariantTable.Better;
import trainyard.report.document.VariantTable.Variant;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.Scenario;
import trainyard.scenario.chart.BreakEvens;
import trainyard.scenario.chart.Charts;
import trainyard.scenario.chart.Crossovers;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Expectation;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.hardware.calibration.CalibrationProfile;

/** Makes the report of an answer. */
public final class AnswerReport {

    private static final int MOST_FINDINGS = 12;

    private final Answer answer;
    private final StudyResult result;
    private final Scenario scenario;

    private AnswerReport(Answer answer) {
        this.answer = answer;
        this.result = answer.result();
        this.scenario = result.study().scenario();
    }

    /**
     * The report.
     *
     * @param selection which part of the scenario was run, which the command to repeat it then says
     */
    public static ReportDocument of(Answer answer, Selection selection) {
        return new AnswerReport(answer).document(selection);
    }

    private ReportDocument document(Selection selection) {
        List<Figure> figures = Charts.of(result, answer.headline());
        ReportBuilder builder = new ReportBuilder(
                        scenario.name(),
                        scenario.question(),
                        scenario.question(),
                        headline(),
                        Provision.of(scenario, selection))
                .completion(new Completion(result.finished(), result.planned()))
                .checks(checks())
                .figures(figures)
                .variants(variants())
                .breakdowns(breakdowns())
                .assumptions(Assumptions.of(result.study().values(answer.shown().cell())))
                .validity(Validity.of(scenario))
                .notes(notes(selection))
                .summaries(summaries())
                .measurements(measurements());
        Provision.files(scenario).forEach(builder::attachment);
        step().ifPresent(cost -> builder.timeline(
                StepTrace.of(result.study().workload(answer.shown().cell()).timeline())));
        return builder.build();
    }

    private Optional<StepCost> step() {
        return answer.shown().first().flatMap(Outcome::step);
    }

    private Headline headline() {
        // In the unit of the sentence that it stands under.
        Metric metric = answer.headline().asWritten(answer.value());
        Estimate value = answer.shown().estimate(metric).orElseThrow();
        return new Headline(
                answer.sentence() + ".",
                metric.words(),
                metric.unit(),
                value,
                value.isExact()
                        ? ""
                        : "95 % confidence, " + answer.shown().outcomes().size() + " replications");
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Expectation.Verdict verdict : answer.verdicts()) {
            Check.Verdict held = verdict.holds() ? Check.Verdict.PASS : Check.Verdict.FAIL;
            checks.add(new Check(
                    verdict.expectation(), verdict.found(), verdict.complete() ? held : Check.Verdict.UNDECIDED));
        }
        return checks;
    }

    private List<Breakdown> breakdowns() {
        List<Breakdown> breakdowns = new ArrayList<>();
        if (answer.shown().mean(LifeMetrics.ETTR).isPresent()) {
            breakdowns.add(Breakdowns.life(answer.shown()));
        }
        breakdowns.addAll(stepBreakdowns());
        return breakdowns;
    }

    private List<Breakdown> stepBreakdowns() {
        return step().map(cost ->
                        List.of(Breakdowns.stepTime(cost), Breakdowns.utilisation(cost), Breakdowns.memory(cost)))
                .orElse(List.of());
    }

    /** One table for the headline, where variants are compared and nothing is swept. */
    private List<VariantTable> variants() {
        Metric metric = result.shown(answer.headline());
        List<CellResult> compared = result.feasible().stream()
                .filter(cell ->
                        !cell.cell().variant().isEmpty() && cell.mean(metric).isPresent())
                .toList();
        if (compared.size() < 2 || !result.study().axes().isEmpty()) {
            return List.of();
        }
        List<Variant> rows = new ArrayList<>();
        for (CellResult cell : compared) {
            rows.add(new Variant(
                    cell.cell().variant(),
                    cell.estimate(metric).orElseThrow(),
                    ratio(cell, compared.get(0), metric),
                    rows.isEmpty()));
        }
        Better better = Better.valueOf(metric.better().name());
        return List.of(new VariantTable(metric.words(), metric.unit(), better, rows));
    }

    /** Over the baseline, with the interval of the paired difference; of a quantile without one. */
    private static Estimate ratio(CellResult cell, CellResult baseline, Metric metric) {
        double base = baseline.mean(metric).orElseThrow();
        if (base == 0) {
            return Estimate.exact(1);
        }
        double ratio = cell.mean(metric).orElseThrow() / base;
        double half = metric.statistic().isPresent() || cell == baseline
                ? 0
                : Difference.paired(cell, baseline, metric)
                        .flatMap(Difference::halfWidth)
                        .orElse(0.0);
        return new Estimate(ratio, ratio - half / Math.abs(base), ratio + half / Math.abs(base));
    }

    /** The step time with and without measurements of the GPU, where the scenario names some. */
    private Optional<String> calibration() {
        Optional<CalibrationProfile> profile = result.study()
                .values(answer.shown().cell())
                .find(ScenarioSection.CLUSTER)
                .flatMap(ClusterSection::calibration);
        return profile.flatMap(measured -> answer.shown()
                .mean(StepMetrics.UNCALIBRATED_STEP_TIME)
                .map(plain -> {
                    double with = answer.shown().mean(StepMetrics.STEP_TIME).orElseThrow();
                    return String.format(
                            Locale.ROOT,
                            "Calibrated with %s (%s, %s): step time %s; %s uncalibrated (%+.1f %%).",
                            measured.id(),
                            measured.origin().kind().name().toLowerCase(Locale.ROOT),
                            measured.origin().date(),
                            StepMetrics.STEP_TIME.format(with),
                            StepMetrics.STEP_TIME.format(plain),
                            100 * (plain / with - 1));
                }));
    }

    private List<String> notes(Selection selection) {
        List<String> notes = new ArrayList<>();
        answer.comparisons().forEach(comparison -> notes.add(place(comparison.cell()) + comparison.sentence() + "."));
        calibration().ifPresent(notes::add);
        Crossovers.sentences(result, answer.headline())
                .forEach(sentence -> notes.add("Best " + answer.headline().words() + ": " + sentence + "."));
        answer.remarks().forEach(remark -> notes.add(remark + "."));
        answer.disagreement().ifPresent(views -> notes.add("Measures disagree: " + views + "."));
        result.study().remarkOnOneRun().ifPresent(notes::add);
        variants().stream()
                .map(table -> Unknown.missing(
                        "Not in the table of variants", result.grid(), List.of(result.shown(answer.headline()))))
                .filter(missing -> !missing.isEmpty())
                .forEach(notes::add);
        notes.addAll(findings());
        BreakEvens.told(result, answer.headline()).forEach(sentence -> notes.add("Break-even of " + sentence + "."));
        BreakEvens.rest(result, answer.headline()).ifPresent(rest -> notes.add("Break-even of " + rest + "."));
        long infeasible = result.grid().size() - result.feasible().size();
        if (infeasible > 0) {
            notes.add(infeasible + " of " + result.grid().size() + " designs cannot run.");
            answer.obstacles().stream()
                    .limit(MOST_FINDINGS)
                    .forEach(obstacle -> notes.add("Cannot run: " + obstacle + "."));
        }
        if (selection.quick()) {
            quick().ifPresent(notes::add);
        }
        if (!selection.variants().isEmpty()) {
            notes.add("Run for some variants only: " + String.join("; ", selection.variants()) + ".");
        }
        return notes;
    }

    /** What a quick run leaves out of the whole one; empty where it leaves out nothing. */
    private Optional<String> quick() {
        Study run = result.study();
        Study whole = Study.of(scenario, false);
        List<String> left = new ArrayList<>();
        if (run.replications() < whole.replications()) {
            left.add(String.format(Locale.ROOT, "%,d of %,d replications", run.replications(), whole.replications()));
        }
        if (!run.axes().equals(whole.axes())) {
            left.add("at most three values of each swept path");
        }
        return left.isEmpty() ? Optional.empty() : Optional.of("Quick run: " + String.join(", ", left) + ".");
    }

    /** What cells say of themselves in words, of their first replications. */
    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (CellResult cell : result.grid()) {
            cell.first()
                    .flatMap(outcome -> Optional.ofNullable(outcome.labels().get(Outcome.FINDING)))
                    .filter(finding -> findings.size() < MOST_FINDINGS)
                    .ifPresent(finding -> findings.add(cell.cell().label() + ": " + finding + "."));
        }
        return findings;
    }

    private String place(CellResult cell) {
        return result.grid().size() == 1 ? "Against the source: " : cell.cell().label() + ": ";
    }

    private List<Summary> summaries() {
        List<Summary> summaries = new ArrayList<>();
        for (CellResult cell : result.grid()) {
            for (Metric metric : result.study().metrics()) {
                cell.estimate(metric)
                        .ifPresent(value -> summaries.add(new Summary(
                                cell.cell().point(),
                                cell.cell().variant(),
                                metric.name(),
                                metric.unit(),
                                value,
                                cell.outcomes().size())));
            }
        }
        return summaries;
    }

    private Iterable<Measurement> measurements() {
        return () -> result.cells().stream().flatMap(AnswerReport::measurements).iterator();
    }

    private static Stream<Measurement> measurements(CellResult cell) {
        return IntStream.range(0, cell.outcomes().size())
                .boxed()
                .flatMap(replication -> measurements(cell, replication));
    }

    private static Stream<Measurement> measurements(CellResult cell, int replication) {
        return cell.outcomes().get(replication).metrics().entrySet().stream()
                .map(entry -> new Measurement(
                        cell.cell().point(),
                        cell.cell().variant(),
                        replication,
                        entry.getKey().name(),
                        entry.getKey().unit(),
                        entry.getKey().inUnit(entry.getValue())));
    }
}
