package trainyard.scheduler.trace;

import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;

/**
 * Jobs of SenseTime's Helios (Hu et al., SC 2021): {@code job_id, gpu_num, submit_time, duration, vc}, in which {@code vc} is the
 * virtual cluster of a team. Jobs without GPUs are left out.
 */
public final class HeliosTrace {

    private static final int MOST_GPUS = 1_000_000;

    private HeliosTrace() {}

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static JobList read(TraceFile file, BadRows badRows) {
        List<CsvRow> rows = JobRows.of(file, badRows, "job_id", "gpu_num", "submit_time", "duration", "vc");
        return JobRows.jobs(rows, badRows, row -> !row.text("gpu_num").equals("0"), HeliosTrace::job);
    }

    private static ClusterJob job(CsvRow row) {
        long run = JobRows.nanos(row, "duration", 1);
        return new ClusterJob(
                row.requiredText("job_id"),
                row.requiredText("vc"),
                Timestamps.nanos(row, "submit_time"),
                row.integer("gpu_num", 1, MOST_GPUS),
                run,
                Math.max(1, run));
    }
}
