package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.DiscretisedQueues;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.engine.SimTime;

/**
 * A list of jobs of Muri with the overhead of each.
 *
 * @param jobs in the order of arrival
 * @param overheadNanos of each, as {@link ModelOverhead}
 */
public record MuriJobs(List<ClusterJob> jobs, List<Long> overheadNanos) {

    /** It makes every iteration longer by this factor. */
    private static final double ITERATION_FACTOR = 1.015;

    private static final double MILLIS = 1000;

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
            int gpus = row.integer("num_gpu", 1, 1_000_000);
            double seconds = row.positive("iterations") * (row.positive("iteration_time") * ITERATION_FACTOR) / MILLIS;
            jobs.add(ClusterJob.of(
                    row.requiredText("job_id"),
                    SimTime.nanos(row.notNegative("submit_time") / MILLIS),
                    gpus,
                    SimTime.nanos(seconds)));
            overheads.add(ModelOverhead.nanos(row.requiredText("model_name"), gpus));
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
