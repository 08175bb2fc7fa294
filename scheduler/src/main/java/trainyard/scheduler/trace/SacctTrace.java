package trainyard.scheduler.trace;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * What Slurm's {@code sacct -P -o JobID,Account,Submit,ElapsedRaw,TimelimitRaw,AllocTRES} writes: cells between bars, one line for
 * each job and for each of its steps. Steps and jobs without GPUs are left out. {@code Account} becomes the team and
 * {@code TimelimitRaw}, in minutes, the limit; both may be missing.
 */
public final class SacctTrace {

    private static final Pattern GPUS = Pattern.compile("(?:^|,)gres/gpu=(\\d{1,6})(?:,|$)");
    private static final int SECONDS_PER_MINUTE = 60;

    private SacctTrace() {}

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static JobList read(TraceFile file, BadRows badRows) {
        List<CsvRow> rows = file.read((name, content) ->
                table(name, content, badRows).require("JobID", "Submit", "ElapsedRaw", "AllocTRES").rows().stream()
                        .filter(SacctTrace::isJobWithGpus)
                        .toList());
        return JobRows.jobs(rows, badRows, SacctTrace::job).fromZero();
    }

    private static CsvTable table(String name, InputStream content, BadRows badRows) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        String quoted = reader.lines().map(SacctTrace::quoted).collect(Collectors.joining("\n", "", "\n"));
        InputStream cells = new ByteArrayInputStream(quoted.getBytes(StandardCharsets.UTF_8));
        return badRows == BadRows.SKIP ? CsvTable.readRagged(name, cells) : CsvTable.read(name, cells);
    }

    private static String quoted(String line) {
        return line.isBlank() ? line : '"' + line.replace("\"", "\"\"").replace("|", "\",\"") + '"';
    }

    private static boolean isJobWithGpus(CsvRow row) {
        return row.text("JobID").indexOf('.') < 0 && row.text("AllocTRES").contains("gres/gpu=");
    }

    private static ClusterJob job(CsvRow row) {
        Matcher gpus = GPUS.matcher(row.text("AllocTRES"));
        if (!gpus.find() || Integer.parseInt(gpus.group(1)) == 0) {
            throw row.problem("AllocTRES", "expected gres/gpu=N, got \"" + row.text("AllocTRES") + "\"");
        }
        long run = JobRows.nanos(row, "ElapsedRaw", 1);
        boolean limited = row.has("TimelimitRaw") && row.text("TimelimitRaw").matches("\\d+");
        return new ClusterJob(
                row.requiredText("JobID"),
                row.has("Account") ? row.text("Account") : "",
                Timestamps.nanos(row, "Submit"),
                Integer.parseInt(gpus.group(1)),
                run,
                Math.max(1, limited ? JobRows.nanos(row, "TimelimitRaw", SECONDS_PER_MINUTE) : run));
    }
}
