package trainyard.scenario.verify.fact;

import java.util.List;
import java.util.function.BinaryOperator;
import trainyard.scenario.verify.RowParameters;
import trainyard.sim.csv.CsvRow;

/**
 * How a table of facts is laid out. Each has the columns {@code id}, {@code metric}, {@code value}, {@code unit} and
 * {@code verified}.
 *
 * @param columns all columns
 * @param subject column that says what a fact is about
 * @param parameters column with {@code key=value} pairs among remarks: what was run
 * @param quantity what a score calls the value, by subject and metric
 */
public record FactTable(List<String> columns, String subject, String parameters, BinaryOperator<String> quantity) {

    public FactTable {
        columns = List.copyOf(columns);
    }

    /** A row of it. */
    public Fact read(CsvRow row) {
        String about = row.text(subject);
        return new Fact(
                row,
                about,
                RowParameters.amongRemarks(row, parameters),
                row.text(parameters),
                quantity.apply(about, row.text("metric")));
    }
}
