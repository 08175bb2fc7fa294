package trainyard.scenario.section;

import java.util.Optional;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.PhillyTrace;
import trainyard.scheduler.trace.TableTrace;
import trainyard.scheduler.trace.TiresiasTrace;

/**
 * A list of jobs in a file and how it is read. Equal ones hold the same jobs.
 *
 * @param path where it is found
 * @param format its format
 * @param columns the columns of a table; empty where the format names them
 * @param badRows what is done about rows that cannot be read
 */
public record JobFile(TracePath path, Format format, Optional<TableTrace> columns, BadRows badRows) {

    /** Formats of lists of jobs. */
    public enum Format {
        PHILLY,
        TIRESIAS,
        CSV
    }

    /**
     * Reads it.
     *
     * @throws trainyard.faults.trace.TraceException if it cannot be read; the message names file and line
     */
    public JobList read() {
        TraceFile file = path.open();
        return switch (format) {
            case PHILLY -> {
                PhillyTrace trace = PhillyTrace.read(file, badRows);
                yield new JobList(trace.jobs(), trace.skipped());
            }
            case TIRESIAS -> TiresiasTrace.read(file, badRows);
            case CSV -> columns.orElseThrow().read(file, badRows);
        };
    }
}
