package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * A job of Muri.
 *
 * @param id of the job
 * @param gpus at least 1
 * @param submitSeconds when it is submitted
 * @param iterations that it has to do
 * @param iterationSeconds of one, with what its simulator adds
 * @param model what it trains
 * @param resourceSeconds of one iteration on each of three resources: data, GPU, network; empty where it is not stated
 * @param durationSeconds as its owner states it; 0 where it is not stated
 * @param priority 0 with guaranteed resources, 1 without; -1 where it is not stated
 */
public record MuriJob(
        String id,
        int gpus,
        double submitSeconds,
        double iterations,
        double iterationSeconds,
        String model,
        List<Double> resourceSeconds,
        double durationSeconds,
        int priority) {

    private static final String RESOURCE = "resource_time_";
    private static final int RESOURCES = 3;

    private static final int MOST_GPUS = 1_000_000;
    private static final double MILLIS = 1000;
    /** It makes every iteration longer by this factor. */
    private static final double ITERATION_FACTOR = 1.015;

    /**
     * Reads its format, with times in milliseconds; in the order of arrival.
     *
     * @throws CsvException if a column is missing or a value is wrong
     */
    public static List<MuriJob> of(CsvTable table) {
        List<MuriJob> jobs = new ArrayList<>();
        table.require("job_id", "num_gpu", "submit_time", "iterations", "model_name", "iteration_time")
                .rows()
                .forEach(row -> jobs.add(job(row)));
        jobs.sort(Comparator.comparingDouble(MuriJob::submitSeconds));
        return List.copyOf(jobs);
    }

    public MuriJob {
        resourceSeconds = List.copyOf(resourceSeconds);
    }

    boolean isGuaranteed() {
        return priority == 0;
    }

    /** @throws IllegalArgumentException if it is not stated what it needs to share GPUs */
    void requireShares() {
        if (resourceSeconds.size() < RESOURCES || priority < 0) {
            throw new IllegalArgumentException("job " + id + " has no priority, or no time on each of three resources");
        }
    }

    /** @throws IllegalArgumentException if it is not stated what it needs to take turns */
    void requireTurns() {
        if (resourceSeconds.size() < RESOURCES) {
            throw new IllegalArgumentException("job " + id + " has no time on each of three resources");
        }
    }

    private static List<Double> resources(CsvRow row) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < RESOURCES && row.has(RESOURCE + i); i++) {
            seconds.add(row.notNegative(RESOURCE + i) / MILLIS);
        }
        return seconds;
    }

    private static MuriJob job(CsvRow row) {
        return new MuriJob(
                row.requiredText("job_id"),
                row.integer("num_gpu", 1, MOST_GPUS),
                row.notNegative("submit_time") / MILLIS,
                row.positive("iterations"),
                row.positive("iteration_time") * ITERATION_FACTOR / MILLIS,
                row.requiredText("model_name"),
                resources(row),
                row.has("duration") ? Math.floor(row.notNegative("duration")) / MILLIS : 0,
                row.has("priority") ? row.integer("priority", 0, 1) : -1);
    }
}
