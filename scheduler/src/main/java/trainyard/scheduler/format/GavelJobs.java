package trainyard.scheduler.format;

import java.util.Optional;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.peer.gavel.GavelJob;
import trainyard.scheduler.peer.gavel.GavelThroughputs;
import trainyard.scheduler.peer.gavel.GavelTrace;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.PlainTable;
import trainyard.sim.engine.SimTime;

/**
 * Lists of Gavel and Shockwave as jobs of this simulator. Of Gavel, a job runs for its steps over its steps a second on one type of GPU; of
 * Shockwave, for the duration that its list states, in which its batch size changes as it does. Weights and deadlines are not taken over.
 */
final class GavelJobs {

    private static final String TABULATOR = "\t";
    private static final int STEPS = 5;
    private static final int SHOCKWAVE_CELLS = 12;
    private static final int DURATION = 10;

    private GavelJobs() {}

    static JobList gavel(TraceFile file, JobTables tables, BadRows badRows) {
        GavelThroughputs speeds = GavelThroughputs.read(tables.file());
        return PlainTable.jobs(file, TABULATOR, badRows, row -> Optional.of(job(row, runNanos(row, speeds, tables))));
    }

    private static long runNanos(PlainTable.Row row, GavelThroughputs speeds, JobTables tables) {
        GavelJob job = GavelTrace.job(row);
        boolean measured = speeds.has(tables.gpuType(), job.type(), job.gpus());
        double speed = measured ? speeds.alone(tables.gpuType(), job.type(), job.gpus()) : 0;
        if (!(speed > 0)) {
            throw row.problem(
                    0,
                    tables.file().name() + " has no throughput of " + job.type() + " on " + job.gpus()
                            + " GPUs of type " + tables.gpuType());
        }
        return row.nanosOf(STEPS, job.steps() / speed);
    }

    static JobList shockwave(TraceFile file, BadRows badRows) {
        return PlainTable.jobs(file, TABULATOR, badRows, row -> {
            row.require(SHOCKWAVE_CELLS);
            return Optional.of(job(row, row.nanos(DURATION)));
        });
    }

    private static ClusterJob job(PlainTable.Row row, long runNanos) {
        GavelJob job = GavelTrace.job(row);
        return ClusterJob.of(Integer.toString(row.line()), SimTime.nanos(job.arrivalSeconds()), job.gpus(), runNanos)
                .with(JobTraits.NONE.withModel(job.type()));
    }
}
