package trainyard.scheduler.trace;

import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;

/** The format of Tiresias: {@code job_id, num_gpu, submit_time, duration}, times in seconds that are cut to whole ones. */
public final class TiresiasTrace {

    private static final int MOST_GPUS = 1_000_000;

    private TiresiasTrace() {}

    /**
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static List<ClusterJob> read(TraceFile file) {
        return read(file, BadRows.REFUSE).jobs();
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static JobList read(TraceFile file, BadRows badRows) {
        return JobRows.jobs(
                JobRows.of(file, badRows, "job_id", "num_gpu", "submit_time", "duration"), badRows, TiresiasTrace::job);
    }

    private static ClusterJob job(CsvRow row) {
        return ClusterJob.of(
                row.requiredText("job_id"),
                wholeSeconds(row, "submit_time"),
                row.integer("num_gpu", 1, MOST_GPUS),
                wholeSeconds(row, "duration"));
    }

    private static long wholeSeconds(CsvRow row, String column) {
        return JobRows.nanosOf(row, column, Math.floor(row.notNegative(column)));
    }
}
