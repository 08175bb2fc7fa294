package trainyard.scheduler.format;

import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.peer.pollux.Applications;
import trainyard.scheduler.peer.pollux.PolluxJob;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.JobRows;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/**
 * Lists of Pollux and Sia as jobs of this simulator: a job trains on the replicas and with the batch size that its owner asks for, on as few nodes
 * of {@value #GPUS_PER_NODE} GPUs as hold them, as long as its measured step times and gradients say, without a restart.
 */
final class PolluxJobs {

    /** Of the cluster of the paper (Qiao et al., OSDI 2021, section 5.1). */
    static final int GPUS_PER_NODE = 4;

    private PolluxJobs() {}

    static JobList read(TraceFile file, JobTables tables, BadRows badRows) {
        Applications applications = Applications.read(tables.file(), tables.gpuType());
        return JobRows.jobs(
                JobRows.of(file, badRows, PolluxJob.COLUMNS.toArray(String[]::new)),
                badRows,
                row -> job(row, applications));
    }

    private static ClusterJob job(CsvRow row, Applications applications) {
        PolluxJob job = PolluxJob.of(row);
        try {
            return ClusterJob.of(
                            job.name(),
                            JobRows.nanos(row, "time", 1),
                            job.replicas(),
                            SimTime.nanos(applications.runSeconds(job, GPUS_PER_NODE)))
                    .with(JobTraits.NONE.withModel(job.application()));
        } catch (IllegalArgumentException notMeasured) {
            throw row.problem(notMeasured.getMessage());
        }
    }
}
