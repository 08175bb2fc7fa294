package trainyard.scheduler.trace;

import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.csv.CsvRow;

/**
 * The format of Muri: {@code job_id, num_gpu, submit_time, iterations, model_name, iteration_time}, times in milliseconds.
 * The run time of a job is its iterations times the time of one. {@code resource_time_0} to {@code resource_time_2}, where they are there, are the
 * times of an iteration for its data, on the GPU and on the network; those of the data are taken to be half on the storage and half on
 * processors, which is assumed.
 */
public final class MuriTrace {

    private static final int MOST_GPUS = 1_000_000;
    private static final double MILLIS = 1000;
    private static final String RESOURCE = "resource_time_";

    private MuriTrace() {}

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
                .with(JobTraits.NONE.withModel(row.requiredText("model_name")).withStages(stages(row)));
    }

    /** Of the three times that it states, data are half a read and half a preparation. */
    private static JobStages stages(CsvRow row) {
        if (!row.has(RESOURCE + 0) || !row.has(RESOURCE + 1) || !row.has(RESOURCE + 2)) {
            return JobStages.NONE;
        }
        double data = row.notNegative(RESOURCE + 0) / MILLIS / 2;
        return new JobStages(
                data, data, row.notNegative(RESOURCE + 1) / MILLIS, row.notNegative(RESOURCE + 2) / MILLIS);
    }
}
