package trainyard.faults.cause;

import java.util.Objects;

/**
 * A fault that sets off others: each other component of the cause in the same domain fails, too, with a probability, at a
 * time that is equally likely anywhere in a window. Those that are set off set off none themselves, so that one fault by
 * itself makes {@code 1 + probability x (components of the domain - 1)} in the mean.
 *
 * @param domain which components are close enough: those of a {@link Scope#SWITCH}, {@link Scope#RACK}, {@link Scope#POWER}
 *     or {@link Scope#CLUSTER}
 * @param probability of each other component, in (0, 1]
 * @param windowSeconds time within which they follow, 0 or more
 */
public record Burst(Scope domain, double probability, double windowSeconds) {

    public Burst {
        Objects.requireNonNull(domain, "domain");
        if (domain.isWithinNode() || domain == Scope.STORAGE || domain == Scope.JOB) {
            throw new IllegalArgumentException("faults spread over the nodes of a switch, a rack, a power unit or the"
                    + " cluster, not of " + domain);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("the probability must lie in (0, 1], got " + probability);
        }
        if (!(windowSeconds >= 0 && windowSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a window takes 0 s or more, got " + windowSeconds);
        }
    }

    /** Faults in the mean for each that comes by itself, in a cluster whose domains are all full; at least 1. */
    public double faultsPerTrigger(Scope scope, ClusterShape cluster) {
        int end = domain.endNode(0, cluster);
        return 1 + probability * (scope.firstComponent(end, cluster) - 1);
    }
}
