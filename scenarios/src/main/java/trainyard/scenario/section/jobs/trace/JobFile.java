package trainyard.scenario.section.jobs.trace;

import java.util.Optional;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.format.JobTables;
import trainyard.scheduler.format.TraceFormats;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.TableTrace;

/**
 * A list of jobs in a file and how it is read. Equal ones hold the same jobs.
 *
 * @param path where it is found
 * @param format the name of its format
 * @param columns the columns of a table; empty where the format names them
 * @param tables its second file, where the format needs one
 * @param gpuType type of GPU on which run times are to hold, where the second file has several; else empty
 * @param badRows what is done about rows that cannot be read
 */
public record JobFile(
        TracePath path,
        String format,
        Optional<TableTrace> columns,
        Optional<TracePath> tables,
        String gpuType,
        BadRows badRows) {

    /**
     * Reads it, with submissions counted from the first one whatever the list counts them from.
     *
     * @throws TraceException if it cannot be read, or there is no job in it; the message names file and line
     */
    public JobList read() {
        TraceFile file = path.open();
        JobList list = columns.map(table -> table.read(file, badRows))
                .orElseGet(() -> TraceFormats.named(format)
                        .orElseThrow()
                        .read(file, tables.map(second -> new JobTables(second.open(), gpuType)), badRows));
        if (list.jobs().isEmpty()) {
            throw new TraceException(
                    list.skipped().isEmpty()
                            ? file.name() + ":1: there is no job in it"
                            : list.skipped().get(0) + "; and no other row is a job");
        }
        return list.fromZero();
    }
}
