package trainyard.faults.cause;

import java.util.Objects;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;

/**
 * One kind of fault.
 *
 * @param name what it is called in reports, such as {@code gpu-hbm}
 * @param scope what it strikes
 * @param secondsBetween time from one fault of a component to its next, of each component by itself; a component is as
 *     new after each of its own faults, and no other one is
 * @param visibility how it shows
 * @param damage what it destroys
 * @param repairSeconds time until a node that it took can be used again; not drawn where the damage takes no node
 * @param provenance source of the figures
 */
public record FaultCause(
        String name,
        Scope scope,
        Distribution secondsBetween,
        Visibility visibility,
        Damage damage,
        Distribution repairSeconds,
        Provenance provenance) {

    public FaultCause {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(secondsBetween, "secondsBetween");
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(damage, "damage");
        Objects.requireNonNull(repairSeconds, "repairSeconds");
        Objects.requireNonNull(provenance, "provenance");
        if (!(secondsBetween.mean() > 0)) {
            throw new IllegalArgumentException("the time between faults of " + name + " must be above 0");
        }
    }

    /** Faults a second of all components of a cluster together, in the long run. */
    public double ratePerSecond(ClusterShape cluster) {
        return scope.components(cluster) / secondsBetween.mean();
    }
}
