package trainyard.scheduler.format;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;

/**
 * A format of lists of jobs.
 *
 * @param name in scenarios, such as {@code philly}
 * @param content what a file of it holds, in words
 * @param tables what a second file holds without which it cannot be read, in words; empty if it needs none
 * @param byType whether run times depend on a type of GPU that has to be named
 * @param reader reads one
 */
public record TraceFormat(String name, String content, Optional<String> tables, boolean byType, Reader reader) {

    public TraceFormat {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(tables, "tables");
        Objects.requireNonNull(reader, "reader");
        if (byType && tables.isEmpty()) {
            throw new IllegalArgumentException("format " + name + " has types of GPU without tables");
        }
    }

    /** Turns a file into jobs. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @param tables the second file, where the format needs one
         * @throws trainyard.faults.trace.TraceException if a file is no table, or a row is bad and such are refused; the
         *     message names file and line
         */
        JobList read(TraceFile file, Optional<JobTables> tables, BadRows badRows);
    }

    /** A format of one file. */
    static TraceFormat of(String name, String content, BiFunction<TraceFile, BadRows, JobList> reader) {
        return new TraceFormat(
                name, content, Optional.empty(), false, (file, tables, badRows) -> reader.apply(file, badRows));
    }

    /**
     * The jobs of a file, in its order.
     *
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public JobList read(TraceFile file, BadRows badRows) {
        return read(file, Optional.empty(), badRows);
    }

    /**
     * The jobs of a file, in its order.
     *
     * @param second the second file of a format that needs one
     * @throws trainyard.faults.trace.TraceException if a file is no table, or a row is bad and such are refused
     */
    public JobList read(TraceFile file, Optional<JobTables> second, BadRows badRows) {
        if (second.isPresent() != tables.isPresent()) {
            throw new IllegalArgumentException(
                    "a list of " + name + (tables.isPresent() ? " needs a second file" : " is read alone"));
        }
        return reader.read(file, second, badRows);
    }
}
