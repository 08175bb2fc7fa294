package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.DiscretisedQueues;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.trace.MuriTrace;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * A list of jobs of Muri with the overhead of each.
 *
 * @param jobs in the order of arrival
 * @param overheadNanos of each, as {@link ModelOverhead}
 */
public record MuriJobs(List<ClusterJob> jobs, List<Long> overheadNanos) {

    /** It makes every iteration longer by this factor. */
    private static final double ITERATION_FACTOR = 1.015;

    /**
     * Reads its format: times in milliseconds.
     *
     * @throws trainyard.sim.csv.CsvException if a column is missing or a value is wrong
     */
    public static MuriJobs of(CsvTable table) {
        List<CsvRow> rows = new ArrayList<>(
                table.require("job_id", "num_gpu", "submit_time", "iterations", "model_name", "iteration_time")
                        .rows());
        rows.sort(Comparator.comparingDouble(row -> row.notNegative("submit_time")));
        List<ClusterJob> jobs = new ArrayList<>();
        List<Long> overheads = new ArrayList<>();
        for (CsvRow row : rows) {
            ClusterJob job = MuriTrace.job(row, ITERATION_FACTOR);
            jobs.add(job);
            overheads.add(ModelOverhead.nanos(job.traits().model(), job.gpus()));
        }
        return new MuriJobs(List.copyOf(jobs), List.copyOf(overheads));
    }

    /** Another policy, with the overhead of these jobs. */
    public SchedulingPolicy with(SchedulingPolicy policy) {
        return new EventOverhead(policy, overheadNanos::get);
    }

    /** Its {@code dlas-gpu}. */
    public SchedulingPolicy leastAttained() {
        return with(new DiscretisedQueues("muri-dlas-gpu", new MuriQueues()));
    }
}
