package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TableFigure.Cell;
import trainyard.report.figure.TableFigure.Column;
import trainyard.report.figure.TableFigure.Quantity;
import trainyard.report.figure.TableFigure.Words;
import trainyard.report.format.Numbers;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.VerificationResult;

/** The tables of the page: errors per source, worst rows, reasons for skipping, what was calibrated. */
final class ErrorTables {

    private static final int DIGITS = 3;
    private static final int VALUE_DIGITS = 5;

    private static final Cell NOTHING = new Words("");

    private ErrorTables() {}

    /** One row per source and band, calibrated beside uncalibrated where anything was calibrated. */
    static Figure sources(VerificationResult result) {
        boolean calibrated = !result.calibrated().isEmpty();
        boolean judged = result.sources().stream().anyMatch(source -> source.failed() > 0);
        List<Column> columns = new ArrayList<>(List.of(
                new Column("Source", ""),
                new Column("Rows", ""),
                new Column("Scored", ""),
                new Column("Gated", ""),
                new Column("MAPE", "%"),
                new Column("Bias", "%")));
        if (calibrated) {
            columns.addAll(List.of(
                    new Column("Calibrated MAPE", "%"),
                    new Column("Calibrated bias", "%"),
                    new Column("with", "rows")));
        }
        columns.addAll(List.of(new Column("Median", "%"), new Column("p90", "%"), new Column("Max", "%")));
        if (judged) {
            columns.add(new Column("Outside tolerance", "rows"));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            rows.add(cells(source.source(), source, calibrated, result.calibrated(source.source()), judged));
            for (SourceScore band : source.bands()) {
                rows.add(cells("– " + band.source(), band, calibrated, Optional.empty(), judged));
            }
        }
        return new TableFigure(
                text(
                        "Errors by source",
                        "Over gated rows; over scored rows where none is gated. Bias below 0: predicted too low."
                                + (calibrated ? " Rows that calibrate are left out of the calibrated figures." : ""),
                        result),
                columns,
                rows);
    }

    private static List<Cell> cells(
            String name, SourceScore score, boolean calibrated, Optional<CalibratedScore> after, boolean judged) {
        List<Cell> row = new ArrayList<>(List.of(
                new Words(name),
                count(score.rows().size()),
                count(score.compared()),
                count(score.gated()),
                percent(score.meanAbsolutePercent()),
                percent(score.biasPercent())));
        if (calibrated) {
            row.add(percent(after.map(one -> one.score().meanAbsolutePercent()).orElse(OptionalDouble.empty())));
            row.add(percent(after.map(one -> one.score().biasPercent()).orElse(OptionalDouble.empty())));
            row.add(after.map(one -> count(one.calibrationRows())).orElse(NOTHING));
        }
        row.add(percent(score.medianPercent()));
        row.add(percent(score.p90Percent()));
        row.add(percent(score.maxPercent()));
        if (judged) {
            row.add(count(score.failed()));
        }
        return row;
    }

    /** The rows of largest error of each source. */
    static Figure worst(VerificationResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            for (RowScore row : source.worst()) {
                rows.add(List.of(
                        new Words(source.source()),
                        new Words(row.id()),
                        new Words(row.quantity()),
                        value(row.published()),
                        value(row.predicted()),
                        new Words(row.unit()),
                        percent(row.errorPercent()),
                        new Words(row.reason())));
            }
        }
        return new TableFigure(
                text("Worst rows", "At most five of each source, largest error first.", result),
                List.of(
                        new Column("Source", ""),
                        new Column("Row", ""),
                        new Column("Quantity", ""),
                        new Column("Published", ""),
                        new Column("Predicted", ""),
                        new Column("Unit", ""),
                        new Column("Error", "%"),
                        new Column("Remark", "")),
                rows);
    }

    /** How many rows of each source were skipped for which reason; empty where none was. */
    static Optional<Figure> skipped(VerificationResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            source.skippedReasons()
                    .forEach((reason, count) ->
                            rows.add(List.of(new Words(source.source()), count(count), new Words(reason))));
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableFigure(
                text("Rows that were skipped", "A row is skipped where an input is not stated or not built.", result),
                List.of(new Column("Source", ""), new Column("Rows", ""), new Column("Reason", "")),
                rows));
    }

    /** The factors of each cluster; empty where nothing was calibrated. */
    static Optional<Figure> calibration(VerificationResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (CalibratedScore score : result.calibrated()) {
            for (CalibratedScore.Cluster cluster : score.clusters()) {
                rows.add(List.of(
                        new Words(score.score().source()),
                        new Words(cluster.name()),
                        new Words(factors(cluster)),
                        new Words(String.join(" ", cluster.rows()))));
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableFigure(
                text("What was calibrated", "Factors on what the model assumes of a cluster, from a few rows.", result),
                List.of(
                        new Column("Source", ""),
                        new Column("Cluster", ""),
                        new Column("Factors", ""),
                        new Column("Rows used", "")),
                rows));
    }

    private static String factors(CalibratedScore.Cluster cluster) {
        return new TreeMap<>(cluster.factors())
                .entrySet().stream()
                        .map((Map.Entry<String, Double> factor) ->
                                factor.getKey() + " × " + Numbers.of(factor.getValue(), DIGITS))
                        .collect(Collectors.joining(", "));
    }

    static FigureText text(String title, String caption, VerificationResult result) {
        return new FigureText(title, caption, "Table: " + title + ".", "verify " + result.suite());
    }

    private static Cell count(int number) {
        return Quantity.of(number);
    }

    private static Cell percent(OptionalDouble value) {
        return number(value, DIGITS);
    }

    private static Cell value(OptionalDouble value) {
        return number(value, VALUE_DIGITS);
    }

    private static Cell number(OptionalDouble value, int digits) {
        return value.isPresent() ? new Quantity(Estimate.exact(value.getAsDouble()), digits) : NOTHING;
    }
}
