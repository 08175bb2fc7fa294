package trainyard.faults.detect;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;

/**
 * The phi accrual detector with a long history, as in {@link PhiAccrualSimulation}: it notices nodes that stop answering.
 *
 * @param meanSeconds mean time between heartbeats, positive
 * @param standardDeviationSeconds of that time, positive
 * @param phi threshold, positive
 */
public record PhiAccrualWatch(double meanSeconds, double standardDeviationSeconds, double phi) implements Detector {

    @Override
    public boolean watches(Fault fault) {
        return SilentNodes.fallSilent(fault);
    }

    /** The timeout, less the age of the last heartbeat, which is uniform where the times between them vary little. */
    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        double timeout = PhiAccrual.timeoutSeconds(meanSeconds, standardDeviationSeconds, phi);
        return Math.max(0, timeout - draws.nextDouble() * meanSeconds);
    }

    @Override
    public List<FaultCause> falseAlarms() {
        return FalseAlarms.every(
                "false alarm of phi accrual", Scope.NODE, meanSeconds / PhiAccrual.falseAlarmProbability(phi));
    }
}
