package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TableFigure.Cell;
import trainyard.report.figure.TableFigure.Column;
import trainyard.report.figure.TableFigure.Quantity;
import trainyard.report.figure.TableFigure.Words;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.VerificationResult;

/**
 * How far the order of the errors of a source follows the order of an input: Spearman's rank correlation of the signed
 * error, from -1 to 1.
 */
final class Correlations {

    /** With fewer rows chance alone makes a correlation of 0.7 or more in one case of twenty. */
    private static final int FEWEST_ROWS = 8;

    private Correlations() {}

    /** One row per source with rows enough; empty where no source has. */
    static Optional<Figure> of(VerificationResult result, List<RowInput> inputs) {
        List<List<Cell>> rows = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            List<OptionalDouble> values =
                    inputs.stream().map(input -> correlation(source, input)).toList();
            if (values.stream().anyMatch(OptionalDouble::isPresent)) {
                List<Cell> row = new ArrayList<>(List.of(new Words(source.source())));
                values.forEach(value -> row.add(cell(value)));
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>(List.of(new Column("Source", "")));
        inputs.forEach(input -> columns.add(new Column(input.label(), "")));
        return Optional.of(new TableFigure(
                ErrorTables.text(
                        "Which inputs the errors follow",
                        "Rank correlation of the signed error with each input, within a source of "
                                + FEWEST_ROWS + " rows or more. Near 1 or -1: the error grows or falls with the input;"
                                + " inputs that change together share it. Empty: the input does not change.",
                        result),
                columns,
                rows));
    }

    /** Empty where the rows are few or all have the same value. */
    private static OptionalDouble correlation(SourceScore source, RowInput input) {
        List<RowScore> rows = source.counting().stream()
                .filter(row -> row.inputs().containsKey(input.column()))
                .toList();
        double[] values = rows.stream()
                .mapToDouble(row -> row.inputs().get(input.column()))
                .toArray();
        double[] errors = rows.stream()
                .mapToDouble(row -> row.errorPercent().getAsDouble())
                .toArray();
        if (rows.size() < FEWEST_ROWS) {
            return OptionalDouble.empty();
        }
        double correlation = new SpearmansCorrelation().correlation(values, errors);
        return Double.isNaN(correlation) ? OptionalDouble.empty() : OptionalDouble.of(correlation);
    }

    private static Cell cell(OptionalDouble value) {
        if (value.isEmpty()) {
            return new Words("");
        }
        return new Quantity(Estimate.exact(Math.rint(100 * value.getAsDouble()) / 100), 2);
    }
}
