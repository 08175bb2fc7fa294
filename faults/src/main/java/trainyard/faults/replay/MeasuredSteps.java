package trainyard.faults.replay;

import trainyard.faults.recovery.StepTimes;
import trainyard.sim.engine.SimTime;

/**
 * Steps of a system whose throughput was measured by number of nodes.
 *
 * @param throughput as measured
 * @param samplesPerStep samples of a step, at least 1
 */
record MeasuredSteps(ThroughputByNodes throughput, long samplesPerStep) implements StepTimes {

    /** A step on too few nodes to make any progress: longer than any trace. */
    private static final long NO_PROGRESS_NANOS = SimTime.nanos(365.0 * 86_400);

    @Override
    public long stepNanos(int nodes) {
        double perSecond = throughput.on(nodes);
        return perSecond > 0 ? Math.max(1, SimTime.nanos(samplesPerStep / perSecond)) : NO_PROGRESS_NANOS;
    }

    @Override
    public boolean includeRecovery() {
        return true;
    }
}
