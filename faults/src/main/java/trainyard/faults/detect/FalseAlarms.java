package trainyard.faults.detect;

import java.util.List;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;

/** Alarms without a fault, as a Poisson process of restarts. */
final class FalseAlarms {

    /** Rarer ones come in no observation. */
    private static final double NEVER_SECONDS = 1e12;

    private FalseAlarms() {}

    /**
     * @param name no word that a scenario gives a cause
     * @param scope whether each node has its own or the cluster has them together
     * @param secondsBetween mean time between two of one node or of the cluster; may be infinite
     */
    static List<FaultCause> every(String name, Scope scope, double secondsBetween) {
        if (secondsBetween > NEVER_SECONDS) {
            return List.of();
        }
        return List.of(new FaultCause(
                name,
                scope,
                new Exponential(secondsBetween),
                Visibility.EXPLICIT,
                Damage.PROCESS,
                new Fixed(0),
                new Provenance(Provenance.Kind.ASSUMED, "settings of the detector", "")));
    }
}
