package trainyard.faults.detect;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.analytic.GossipDetector;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;

/**
 * SWIM, as in {@link SwimSimulation}: it notices nodes that stop answering. With a suspicion time, live nodes contradict
 * before it is over, so there are no false alarms; without one every false suspicion is one.
 *
 * @param form nodes, period, indirect pings and loss
 * @param suspicionSeconds from suspicion to alarm, 0 or more
 */
public record SwimWatch(GossipDetector form, double suspicionSeconds) implements Detector {

    @Override
    public boolean watches(Fault fault) {
        return SilentNodes.fallSilent(fault);
    }

    /**
     * The first of n - 1 nodes pings it: none has by k periods and a share s of one with chance {@code ((1 - r)^k (1 - r s))^(n
     * - 1)}, r = 1/(n - 1), which is inverted. Then the period of that ping and the suspicion time.
     */
    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        int others = form.nodes() - 1;
        double chance = 1.0 / others;
        double none = StrictMath.pow(1 - draws.nextDouble(), chance);
        double whole = others == 1 ? 0 : Math.floor(StrictMath.log(none) / StrictMath.log1p(-chance));
        double share = (1 - none / StrictMath.pow(1 - chance, whole)) / chance;
        return (whole + share + 1) * form.periodSeconds() + suspicionSeconds;
    }

    @Override
    public List<FaultCause> falseAlarms() {
        double alarms = suspicionSeconds > 0 ? 0 : form.falseSuspicionProbability();
        return FalseAlarms.every("false alarm of SWIM", Scope.NODE, form.periodSeconds() / alarms);
    }
}
