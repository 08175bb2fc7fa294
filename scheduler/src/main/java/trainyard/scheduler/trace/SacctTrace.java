package trainyard.scheduler.trace;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * What Slurm's {@code sacct -P -o JobID,Account,Submit,ElapsedRaw,TimelimitRaw,AllocTRES} writes: cells between bars, one line for
 * each job and for each of its steps. Steps are passed over, and jobs to which no GPU was allocated left out and counted: those that
 * want none, and those that never started. {@code Account} becomes the team and
 * {@code TimelimitRaw}, in minutes, the limit; both may be missing.
 */
public final class SacctTrace {

    /** GPUs of any type, or of one. */
    private static final Pattern GPUS = Pattern.compile("(?:^|,)gres/gpu(:[^=,]+)?=(\\d{1,6})(?=,|$)");

    private static final Pattern HAS_GPUS = Pattern.compile("(?:^|,)gres/gpu[:=]");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MOST_GPUS = 1_000_000;
    private static final int SECONDS_PER_MINUTE = 60;

    private SacctTrace() {}

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static JobList read(TraceFile file, BadRows badRows) {
        List<CsvRow> rows = file.read((name, content) -> table(name, content, badRows)
                .require("JobID", "Submit", "ElapsedRaw", "AllocTRES")
                .rows());
        return JobRows.jobs(rows, badRows, SacctTrace::isJob, SacctTrace::hasGpus, SacctTrace::job);
    }

    private static CsvTable table(String name, InputStream content, BadRows badRows) throws IOException {
        InputStream cells = new ByteArrayInputStream(quoted(name, content).getBytes(StandardCharsets.UTF_8));
        return badRows == BadRows.SKIP ? CsvTable.readRagged(name, cells) : CsvTable.read(name, cells);
    }

    private static String quoted(String name, InputStream content) throws IOException {
        StringBuilder quoted = new StringBuilder();
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                quoted.append(quoted(line)).append('\n');
            }
        } catch (CharacterCodingException notText) {
            throw new CsvException(name + ":" + (number + 1) + ": not UTF-8 text", notText);
        }
        return quoted.toString();
    }

    private static String quoted(String line) {
        String mark = line.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        String cells = line.substring(mark.length());
        return cells.isBlank() ? line : mark + '"' + cells.replace("\"", "\"\"").replace("|", "\",\"") + '"';
    }

    private static boolean isJob(CsvRow row) {
        return row.text("JobID").indexOf('.') < 0;
    }

    private static boolean hasGpus(CsvRow row) {
        return HAS_GPUS.matcher(row.text("AllocTRES")).find();
    }

    private static ClusterJob job(CsvRow row) {
        long run = JobRows.nanos(row, "ElapsedRaw", 1);
        boolean limited = row.has("TimelimitRaw") && row.text("TimelimitRaw").matches("\\d+");
        return new ClusterJob(
                row.requiredText("JobID"),
                row.has("Account") ? row.text("Account") : "",
                Timestamps.nanos(row, "Submit"),
                gpus(row),
                run,
                Math.max(1, limited ? JobRows.nanos(row, "TimelimitRaw", SECONDS_PER_MINUTE) : run));
    }

    /** {@code gres/gpu=N} counts all GPUs; where it is missing, those of each type add up. */
    private static int gpus(CsvRow row) {
        Matcher entry = GPUS.matcher(row.text("AllocTRES"));
        int typed = 0;
        int all = 0;
        while (entry.find()) {
            int count = Integer.parseInt(entry.group(2));
            typed += entry.group(1) == null ? 0 : count;
            all += entry.group(1) == null ? count : 0;
        }
        int gpus = all > 0 ? all : typed;
        if (gpus == 0 || gpus > MOST_GPUS) {
            throw row.problem(
                    "AllocTRES",
                    "expected gres/gpu=N or gres/gpu:TYPE=N of 1 to 1000000 GPUs, got \"" + row.text("AllocTRES")
                            + "\"");
        }
        return gpus;
    }
}
