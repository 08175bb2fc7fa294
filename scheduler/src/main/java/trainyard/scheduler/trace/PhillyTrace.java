package trainyard.scheduler.trace;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/**
 * Jobs of Microsoft's Philly cluster (Jeon et al., USENIX ATC 2019): {@code timestamp, duration, num_gpus, cluster}, in which
 * {@code cluster} is the virtual cluster of a team.
 *
 * @param start first submission
 * @param jobs in the order of the file; submissions count from {@code start}
 * @param skipped what was wrong with each row that was left out
 */
public record PhillyTrace(LocalDateTime start, List<ClusterJob> jobs, List<String> skipped) {

    private static final int MOST_GPUS = 1_000_000;

    public PhillyTrace {
        jobs = List.copyOf(jobs);
        skipped = List.copyOf(skipped);
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static PhillyTrace read(TraceFile file) {
        return read(file, BadRows.REFUSE);
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static PhillyTrace read(TraceFile file, BadRows badRows) {
        List<CsvRow> rows = JobRows.of(file, badRows, "timestamp", "duration", "num_gpus", "cluster");
        JobList list = JobRows.jobs(rows, badRows, PhillyTrace::job);
        JobList fromZero = list.fromZero();
        return new PhillyTrace(
                LocalDateTime.ofEpochSecond(list.firstNanos() / SimTime.NANOS_PER_SECOND, 0, ZoneOffset.UTC),
                fromZero.jobs(),
                fromZero.skipped());
    }

    private static ClusterJob job(CsvRow row) {
        long run = JobRows.nanos(row, "duration", 1);
        return new ClusterJob(
                Long.toString(row.line()),
                row.requiredText("cluster"),
                Timestamps.nanos(row, "timestamp"),
                row.integer("num_gpus", 1, MOST_GPUS),
                run,
                Math.max(1, run));
    }

    /** Its jobs alone. */
    public JobList list() {
        return new JobList(jobs, skipped);
    }
}
