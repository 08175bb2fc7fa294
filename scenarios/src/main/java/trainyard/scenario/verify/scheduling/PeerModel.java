package trainyard.scenario.verify.scheduling;

import trainyard.faults.trace.TraceFolder;

/** Plays runs of one simulator as it would. */
interface PeerModel {

    /** The simulator, as {@link PeerRun#peer} calls it. */
    String peer();

    /**
     * Plays a run.
     *
     * @throws trainyard.scenario.verify.RowSkipped if the trace is not at hand or the policy cannot be reproduced
     */
    PeerOutcome play(PeerRun run, TraceFolder traces);

    /** How near the figures of a run have to come. */
    default Closeness closeness(PeerRun run) {
        return Closeness.LAST_DIGIT;
    }
}
