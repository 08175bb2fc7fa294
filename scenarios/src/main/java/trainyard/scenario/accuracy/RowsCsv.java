package trainyard.scenario.accuracy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.format.Numbers;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.VerificationResult;

/** Every row with its inputs, prediction and error as CSV (RFC 4180). */
final class RowsCsv {

    private RowsCsv() {}

    static String of(VerificationResult result, List<RowInput> inputs) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>(List.of(
                    "source", "id", "quantity", "predicted", "published", "unit", "error_pct", "gate", "status"));
            header.add("reason");
            inputs.forEach(input -> header.add(input.column()));
            csv.writeRecord(header);
            for (SourceScore source : result.sources()) {
                for (RowScore row : source.rows()) {
                    csv.writeRecord(cells(source.source(), row, inputs));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    private static List<String> cells(String source, RowScore row, List<RowInput> inputs) {
        List<String> cells = new ArrayList<>(List.of(
                source,
                row.id(),
                row.quantity(),
                number(row.predicted()),
                number(row.published()),
                row.unit(),
                number(row.errorPercent()),
                row.gate(),
                row.status().label(),
                row.reason()));
        for (RowInput input : inputs) {
            Double value = row.inputs().get(input.column());
            cells.add(value == null ? "" : Numbers.exact(value));
        }
        return cells;
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Numbers.exact(value.getAsDouble()) : "";
    }
}
