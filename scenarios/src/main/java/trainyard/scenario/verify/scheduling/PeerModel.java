package trainyard.scenario.verify.scheduling;

import trainyard.faults.trace.TraceFolder;
import trainyard.scheduler.run.ClusterOutcome;

/** Plays runs of one simulator as it would. */
interface PeerModel {

    /** The simulator, as {@link PeerRun#peer} calls it. */
    String peer();

    /**
     * Plays a run.
     *
     * @throws trainyard.scenario.verify.RowSkipped if the trace is not at hand or the policy cannot be reproduced
     */
    ClusterOutcome play(PeerRun run, TraceFolder traces);
}
