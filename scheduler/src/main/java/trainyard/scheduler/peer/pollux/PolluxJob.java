package trainyard.scheduler.peer.pollux;

import java.util.List;
import trainyard.faults.trace.TraceFile;
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

    /**
     * Reads a list: {@code name, time} (s){@code , application, num_replicas, batch_size}.
     *
     * @throws trainyard.sim.csv.CsvException if a column is missing or a value is wrong
     */
    public static List<PolluxJob> of(CsvTable table) {
        return table.require("name", "time", "application", "num_replicas", "batch_size").rows().stream()
                .map(PolluxJob::job)
                .toList();
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static List<PolluxJob> read(TraceFile file) {
        return file.read((name, content) -> of(CsvTable.read(name, content)));
    }

    private static PolluxJob job(CsvRow row) {
        return new PolluxJob(
                row.requiredText("name"),
                row.integer("time", 0, Integer.MAX_VALUE),
                row.requiredText("application"),
                row.integer("num_replicas", 1, 1_000_000),
                row.integer("batch_size", 1, Integer.MAX_VALUE));
    }
}
