package trainyard.scheduler.trace;

import java.util.List;
import java.util.Objects;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;

/**
 * A format of lists of jobs.
 *
 * @param name in scenarios, such as {@code philly}
 * @param content what a file of it holds, in words
 * @param reader reads one
 */
public record TraceFormat(String name, String content, Reader reader) {

    public TraceFormat {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(reader, "reader");
    }

    /** Turns a file into jobs. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused; the
         *     message names file and line
         */
        JobList read(TraceFile file, BadRows badRows);
    }

    /**
     * The jobs of a file, in its order.
     *
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public List<ClusterJob> read(TraceFile file) {
        return read(file, BadRows.REFUSE).jobs();
    }

    /**
     * The jobs of a file, in its order.
     *
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public JobList read(TraceFile file, BadRows badRows) {
        return reader.read(file, badRows);
    }
}
