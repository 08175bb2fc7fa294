package trainyard.faults.detect;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;

/**
 * Heartbeats of each node to a monitor, as in {@link HeartbeatSimulation}: it notices nodes that stop answering.
 *
 * @param form period, misses and loss
 */
public record HeartbeatWatch(HeartbeatDetector form) implements Detector {

    @Override
    public boolean watches(Fault fault) {
        return SilentNodes.fallSilent(fault);
    }

    /** The crash falls anywhere in a period; heartbeats lost before it shorten the wait. */
    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        double periods = form.misses() - draws.nextDouble();
        return (periods - form.lossesBefore(draws.nextDouble())) * form.intervalSeconds();
    }

    @Override
    public List<FaultCause> falseAlarms() {
        return FalseAlarms.every("false alarm of heartbeats", Scope.NODE, form.meanSecondsBetweenFalseAlarms());
    }
}
