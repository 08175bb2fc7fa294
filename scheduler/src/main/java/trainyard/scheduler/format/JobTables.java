package trainyard.scheduler.format;

import java.util.Objects;
import trainyard.faults.trace.TraceFile;

/**
 * The second file of a list of jobs, such as the measured speeds from which run times follow.
 *
 * @param file where it lies
 * @param gpuType type of GPU on which run times are to hold, as the file calls it; empty where the format knows none
 */
public record JobTables(TraceFile file, String gpuType) {

    public JobTables {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(gpuType, "gpuType");
    }
}
