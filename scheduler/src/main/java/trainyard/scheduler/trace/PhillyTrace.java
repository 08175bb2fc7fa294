package trainyard.scheduler.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.engine.SimTime;

/**
 * Jobs of Microsoft's Philly cluster (Jeon et al., USENIX ATC 2019): {@code timestamp, duration, num_gpus, cluster}, in which
 * {@code cluster} is the virtual cluster of a team.
 *
 * @param start first submission
 * @param jobs in the order of the file; submissions count from {@code start}
 */
public record PhillyTrace(LocalDateTime start, List<ClusterJob> jobs) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MOST_GPUS = 1_000_000;

    public PhillyTrace {
        jobs = List.copyOf(jobs);
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static PhillyTrace read(TraceFile file) {
        List<CsvRow> rows = file.read(CsvTable::read)
                .require("timestamp", "duration", "num_gpus", "cluster")
                .rows();
        LocalDateTime start = rows.stream()
                .map(PhillyTrace::timestamp)
                .min(LocalDateTime::compareTo)
                .orElse(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC));
        return new PhillyTrace(start, rows.stream().map(row -> job(row, start)).toList());
    }

    private static LocalDateTime timestamp(CsvRow row) {
        try {
            return LocalDateTime.parse(row.requiredText("timestamp"), TIMESTAMP);
        } catch (DateTimeException wrong) {
            throw row.problem("timestamp", "must be such as 2017-10-09 07:01:55");
        }
    }

    private static ClusterJob job(CsvRow row, LocalDateTime start) {
        long run = SimTime.nanos(row.notNegative("duration"));
        return new ClusterJob(
                Long.toString(row.line()),
                row.requiredText("cluster"),
                seconds(start, timestamp(row)) * SimTime.NANOS_PER_SECOND,
                row.integer("num_gpus", 1, MOST_GPUS),
                run,
                Math.max(1, run));
    }

    private static long seconds(LocalDateTime from, LocalDateTime to) {
        return to.toEpochSecond(ZoneOffset.UTC) - from.toEpochSecond(ZoneOffset.UTC);
    }
}
