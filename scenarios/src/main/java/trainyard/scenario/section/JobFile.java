package trainyard.scenario.section;

import java.util.Optional;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.TableTrace;
import trainyard.scheduler.trace.TraceFormats;

/**
 * A list of jobs in a file and how it is read. Equal ones hold the same jobs.
 *
 * @param path where it is found
 * @param format the name of its format
 * @param columns the columns of a table; empty where the format names them
 * @param badRows what is done about rows that cannot be read
 */
public record JobFile(TracePath path, String format, Optional<TableTrace> columns, BadRows badRows) {

    /**
     * Reads it.
     *
     * @throws trainyard.faults.trace.TraceException if it cannot be read; the message names file and line
     */
    public JobList read() {
        return columns.map(table -> table.read(path.open(), badRows))
                .orElseGet(() -> TraceFormats.named(format).orElseThrow().read(path.open(), badRows));
    }
}
