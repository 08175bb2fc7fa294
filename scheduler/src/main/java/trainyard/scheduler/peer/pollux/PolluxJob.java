package trainyard.scheduler.peer.pollux;

import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * A job as submitted.
 *
 * @param name unique in its list
 * @param submitSeconds when
 * @param application what it trains
 * @param replicas GPUs that its owner asks for
 * @param batch batch size that its owner asks for
 */
public record PolluxJob(String name, long submitSeconds, String application, int replicas, int batch) {

    /** The columns of a list, {@code time} in seconds. */
    public static final List<String> COLUMNS = List.of("name", "time", "application", "num_replicas", "batch_size");

    private static final double MOST_SECONDS = 1e9;

    /**
     * Reads a list.
     *
     * @throws trainyard.sim.csv.CsvException if a column is missing or a value is wrong
     */
    public static List<PolluxJob> of(CsvTable table) {
        return table.require(COLUMNS.toArray(String[]::new)).rows().stream()
                .map(PolluxJob::of)
                .toList();
    }

    /**
     * The job of a row; its clock has whole seconds.
     *
     * @throws trainyard.sim.csv.CsvException if a value is wrong
     */
    public static PolluxJob of(CsvRow row) {
        return new PolluxJob(
                row.requiredText("name"),
                (long) Math.min(MOST_SECONDS, row.notNegative("time")),
                row.requiredText("application"),
                row.integer("num_replicas", 1, 1_000_000),
                row.integer("batch_size", 1, Integer.MAX_VALUE));
    }
}
