package trainyard.report.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import trainyard.report.document.Measurement;
import trainyard.report.format.Numbers;

/**
 * Writes measurements as tidy CSV (RFC 4180): one number per row. Numbers have up to 15 significant digits; "NaN", "inf"
 * and "-inf" stand for values that are not finite.
 */
public final class ResultsCsv {

    private ResultsCsv() {}

    public static String of(List<Measurement> measurements) {
        StringWriter csv = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(csv)) {
            writer.writeRecord("cell", "variant", "replication", "metric", "unit", "value");
            measurements.forEach(row -> write(writer, row));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write CSV", e);
        }
        return csv.toString();
    }

    private static void write(CsvWriter writer, Measurement row) {
        writer.writeRecord(
                row.cell(),
                row.variant(),
                Integer.toString(row.replication()),
                row.metric(),
                row.unit(),
                Numbers.exact(row.value()));
    }
}
