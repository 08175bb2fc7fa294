package trainyard.scenario.verify.scheduling;

import java.util.Objects;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;

/**
 * Where the inputs and the records of runs lie.
 *
 * @param traces lists of jobs and what else a run reads
 * @param perJob what became of each job in runs of the peers
 */
record PeerData(TraceFolder traces, TraceFolder perJob) {

    PeerData {
        Objects.requireNonNull(traces, "traces");
        Objects.requireNonNull(perJob, "perJob");
    }

    /**
     * A file that a run reads.
     *
     * @throws RowSkipped if it is not at hand
     */
    static TraceFile trace(TraceFolder traces, String path) {
        return traces.file(path).orElseThrow(() -> RowSkipped.missing("trace " + path + " (--traces)"));
    }
}
