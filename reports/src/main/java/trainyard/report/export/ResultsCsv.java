package trainyard.report.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import trainyard.report.document.Measurement;
import trainyard.report.format.Numbers;

/**
 * Writes measurements as tidy CSV (RFC 4180): one number per row. Numbers have up to 15 significant digits; "NaN", "inf"
 * and "-inf" stand for values that are not finite.
 */
public final class ResultsCsv {

    private ResultsCsv() {}

    /** Writes all rows in UTF-8 and leaves the stream open. */
    public static void write(Iterable<Measurement> measurements, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
        csv.writeRecord("cell", "variant", "replication", "metric", "unit", "value");
        measurements.forEach(row -> write(csv, row));
        csv.flush();
        text.flush();
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
