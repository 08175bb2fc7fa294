package trainyard.scheduler.trace;

import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.csv.CsvRow;

/**
 * The format of Muri: {@code job_id, num_gpu, submit_time, iterations, model_name, iteration_time}, times in milliseconds.
 * The run time of a job is its iterations times the time of one.
 */
public final class MuriTrace {

    private static final int MOST_GPUS = 1_000_000;
    private static final double MILLIS = 1000;

    private MuriTrace() {}

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
        List<CsvRow> rows = JobRows.of(
                file, badRows, "job_id", "num_gpu", "submit_time", "iterations", "model_name", "iteration_time");
        return JobRows.jobs(rows, badRows, MuriTrace::job);
    }

    private static ClusterJob job(CsvRow row) {
        return ClusterJob.of(
                        row.requiredText("job_id"),
                        JobRows.nanosOf(row, "submit_time", row.notNegative("submit_time") / MILLIS),
                        row.integer("num_gpu", 1, MOST_GPUS),
                        JobRows.nanosOf(
                                row,
                                "iterations",
                                row.positive("iterations") * row.positive("iteration_time") / MILLIS))
                .with(JobTraits.NONE.withModel(row.requiredText("model_name")));
    }
}
