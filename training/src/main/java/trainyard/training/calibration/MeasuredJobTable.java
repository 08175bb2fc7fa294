package trainyard.training.calibration;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;

/** The table beside a profile with a line for every job: what it has, what it took, whether it was held out of the fit. */
public final class MeasuredJobTable {

    private static final List<JobTerm> TERMS = Arrays.stream(JobTerm.values())
            .filter(term -> term != JobTerm.ITERATION)
            .toList();

    /** Columns that a table must have for its jobs to be predicted. */
    public static final List<String> COLUMNS = Stream.of(
                    Stream.of("profile", "job", "family", "held_out"),
                    TERMS.stream().map(MeasuredJobTable::column),
                    Stream.of("repetitions", "fastest_s", "wall_fastest_s", "wall_p50_s", "wall_p95_s"))
            .flatMap(part -> part)
            .toList();

    private MeasuredJobTable() {}

    private static String column(JobTerm term) {
        return term.name().toLowerCase(Locale.ROOT) + "s";
    }

    /**
     * The amounts in a row.
     *
     * @throws trainyard.sim.csv.CsvException if one is no number of 0 or more
     */
    public static JobCounts counts(CsvRow row) {
        Map<JobTerm, Double> amounts = new EnumMap<>(JobTerm.class);
        TERMS.forEach(term -> amounts.put(term, row.notNegative(column(term))));
        return new JobCounts(amounts);
    }

    static String csv(String profile, List<MeasuredJob> jobs) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(COLUMNS);
            jobs.forEach(job -> writer.writeRecord(cells(profile, job)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static List<String> cells(String profile, MeasuredJob job) {
        List<String> cells = new ArrayList<>(List.of(profile, job.name(), job.family(), job.heldOut() ? "yes" : "no"));
        TERMS.forEach(term ->
                cells.add(String.format(Locale.ROOT, "%.0f", job.counts().of(term))));
        cells.add(Integer.toString(job.repetitions()));
        cells.add(seconds(job.fastestSeconds()));
        cells.add(seconds(job.wallFastestSeconds()));
        cells.add(seconds(job.wallMedianSeconds()));
        cells.add(seconds(job.wallP95Seconds()));
        return cells;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6g", seconds);
    }
}
