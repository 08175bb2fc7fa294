package trainyard.scenario.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.report.document.Check;
import trainyard.report.document.Headline;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TableFigure.Cell;
import trainyard.report.figure.TableFigure.Column;
import trainyard.report.figure.TableFigure.Quantity;
import trainyard.report.figure.TableFigure.Words;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hash.Sha256;
import trainyard.training.calibration.CalibrationResult;
import trainyard.training.calibration.MeasuredJob;

/** The report of a calibration: predicted against measured iterations, held-out ones apart, and the constants. */
public final class CalibrationReport {

    /** Most mean error on held-out jobs of a quiet machine, in percent. */
    public static final double MOST_PERCENT = 10;

    private static final double TOLERANCE = 0.1;
    private static final double MILLI = 1e3;
    private static final int DIGITS = 3;

    private final CalibrationResult result;
    private final CalibrationProfile profile;

    private CalibrationReport(CalibrationResult result) {
        this.result = result;
        this.profile = result.profile();
    }

    /**
     * @param command how to measure again
     */
    public static ReportDocument of(CalibrationResult result, String command) {
        return new CalibrationReport(result).document(command);
    }

    private ReportDocument document(String command) {
        String yaml = profile.toYaml();
        return new ReportBuilder(
                        "calibration-" + profile.id(),
                        "What does a training iteration take on this machine?",
                        "Small training jobs were run for real; a cost model was fitted to three quarters of them and predicts"
                                + " the others.",
                        headline(),
                        Provision.ofHashes(Map.of(profile.id() + ".yaml", Sha256.of(yaml)), command))
                .checks(checks())
                .notes(result.notes())
                .figures(figures())
                .attachment(profile.id() + ".yaml", yaml)
                .attachment(profile.id() + ".jobs.csv", result.jobTable())
                .build();
    }

    private Headline headline() {
        OptionalDouble mean = HeldOutErrors.meanPercent(profile);
        if (mean.isEmpty()) {
            return new Headline("No job was measured.", "jobs measured", "", Estimate.exact(0), "");
        }
        String sentence = String.format(
                Locale.ROOT,
                "The fitted cost model predicts %d training iterations that it never saw to %.1f %% on average.",
                profile.jobs().size(),
                mean.getAsDouble());
        return new Headline(
                sentence, "mean absolute error", "%", Estimate.exact(Math.rint(10 * mean.getAsDouble()) / 10), "");
    }

    private List<Check> checks() {
        OptionalDouble mean = HeldOutErrors.meanPercent(profile);
        if (mean.isEmpty()) {
            return List.of();
        }
        boolean holds = mean.getAsDouble() <= MOST_PERCENT;
        return List.of(new Check(
                String.format(Locale.ROOT, "mean error on held-out jobs <= %.0f %%", MOST_PERCENT),
                String.format(Locale.ROOT, "%.1f %%", mean.getAsDouble()),
                holds ? Check.Verdict.PASS : Check.Verdict.FAIL));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        Map<String, List<ScatterFigure.Mark>> heldOut = marks(true);
        if (!heldOut.isEmpty()) {
            figures.add(scatter("Iterations that the fit never saw", heldOut));
        }
        Map<String, List<ScatterFigure.Mark>> fitted = marks(false);
        if (!fitted.isEmpty()) {
            figures.add(scatter("Iterations that were fitted", fitted));
        }
        figures.add(constants());
        if (!profile.families().isEmpty()) {
            figures.add(errors());
        }
        return figures;
    }

    private Map<String, List<ScatterFigure.Mark>> marks(boolean heldOut) {
        Map<String, List<ScatterFigure.Mark>> marks = new LinkedHashMap<>();
        for (MeasuredJob job : result.jobs()) {
            if (job.heldOut() == heldOut) {
                profile.family(job.family(), Precision.FP32)
                        .ifPresent(fit -> marks.computeIfAbsent(job.family(), key -> new ArrayList<>())
                                .add(new ScatterFigure.Mark(
                                        job.fastestSeconds() * MILLI,
                                        fit.seconds(job.counts()) * MILLI,
                                        "",
                                        job.name())));
            }
        }
        return marks;
    }

    private Figure scatter(String title, Map<String, List<ScatterFigure.Mark>> marks) {
        List<ScatterFigure.Group> groups = new ArrayList<>();
        marks.forEach((family, points) -> groups.add(new ScatterFigure.Group(family, points)));
        int count = groups.stream().mapToInt(group -> group.points().size()).sum();
        return new ScatterFigure(
                text(
                        title,
                        "Fastest of all repetitions against the fitted cost model; lines at 10 % on either side. Points below"
                                + " the line are predicted too low.",
                        Wording.counted(count, "job") + ", profile " + profile.id()),
                Axis.log10("Measured", "ms"),
                Axis.log10("Predicted", "ms"),
                groups,
                new ScatterFigure.Diagonal(TOLERANCE));
    }

    private static FigureText text(String title, String caption, String source) {
        return new FigureText(title, caption, title + ": predicted over measured time.", source);
    }

    private Figure constants() {
        List<List<Cell>> rows = new ArrayList<>();
        for (FittedConstant constant : FittedConstant.of(profile)) {
            Estimate estimate = constant.ci95()
                    .filter(one -> one.low() <= constant.value() && constant.value() <= one.high())
                    .map(one -> new Estimate(constant.value(), one.low(), one.high()))
                    .orElse(Estimate.exact(constant.value()));
            rows.add(List.of(
                    new Words(constant.of()),
                    new Words(constant.name()),
                    new Quantity(estimate, DIGITS),
                    new Words(constant.unit())));
        }
        return new TableFigure(
                new FigureText(
                        "Fitted constants",
                        "With 95 % intervals (bootstrap over jobs) where they are of training iterations.",
                        "Table of the fitted constants.",
                        "profile " + profile.id()),
                List.of(
                        new Column("Of", ""),
                        new Column("Constant", ""),
                        new Column("Value", ""),
                        new Column("Unit", "")),
                rows);
    }

    private Figure errors() {
        List<List<Cell>> rows = new ArrayList<>();
        for (HeldOutErrors errors : HeldOutErrors.of(profile)) {
            rows.add(List.of(
                    new Words(errors.of()),
                    Quantity.of(errors.quality().samples()),
                    Quantity.of(errors.quality().heldOut()),
                    percent(errors.quality().meanPercent()),
                    percent(errors.quality().medianPercent()),
                    percent(errors.quality().p90Percent()),
                    percent(errors.quality().maxPercent())));
        }
        return new TableFigure(
                new FigureText(
                        "Errors on held-out jobs",
                        "A quarter of the jobs, chosen by a hash of their names, is no part of the fit.",
                        "Table of errors by kind of network.",
                        "profile " + profile.id()),
                List.of(
                        new Column("Network", ""),
                        new Column("Fitted", "jobs"),
                        new Column("Held out", "jobs"),
                        new Column("MAPE", "%"),
                        new Column("Median", "%"),
                        new Column("p90", "%"),
                        new Column("Max", "%")),
                rows);
    }

    private static Cell percent(double value) {
        return new Quantity(Estimate.exact(value), DIGITS);
    }
}
