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
 * @param repairSeconds time until a node that it took can be used again, or the store; not drawn where the damage takes no
 *     node
 * @param provenance source of the figures
 * @param traits what is not so of every cause
 */
public record FaultCause(
        String name,
        Scope scope,
        Distribution secondsBetween,
        Visibility visibility,
        Damage damage,
        Distribution repairSeconds,
        Provenance provenance,
        FaultTraits traits) {

    public FaultCause {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(secondsBetween, "secondsBetween");
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(damage, "damage");
        Objects.requireNonNull(repairSeconds, "repairSeconds");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(traits, "traits");
        if (!(secondsBetween.mean() > 0)) {
            throw new IllegalArgumentException("the time between faults of " + name + " must be above 0");
        }
        boolean isSlow = visibility == Visibility.SLOW;
        boolean fallsBack = visibility == Visibility.HANG && scope == Scope.LINK;
        if (isSlow != traits.slowdown().isPresent() && !fallsBack) {
            throw new IllegalArgumentException("what is left of the speed belongs to slow faults, see " + name);
        }
        boolean down = traits.slowdown().filter(slow -> slow.speed() == 0).isPresent();
        if (down && scope != Scope.LINK) {
            throw new IllegalArgumentException("only a link may have nothing left of its speed, see " + name);
        }
        if (scope == Scope.JOB && (damage.takesNode() || visibility == Visibility.SLOW)) {
            throw new IllegalArgumentException("a fault of the job breaks or slows no node, see " + name);
        }
        if (scope == Scope.STORAGE && visibility != Visibility.EXPLICIT) {
            throw new IllegalArgumentException("a store is away or not, see " + name);
        }
        if (traits.burst().isPresent() && scope.components(new ClusterShape(2, 1, 1)) < 2) {
            throw new IllegalArgumentException("there is no other component for a burst of " + name);
        }
    }

    /**
     * The name of a cause whose faults are drawn. A slash sets the streams of one cause apart, so that a name with one could share those of
     * another; recorded faults have no such streams, and names of any kind.
     *
     * @throws IllegalArgumentException if the name holds a slash
     */
    public static String drawnName(String name) {
        if (name.contains("/")) {
            throw new IllegalArgumentException("the name of a cause holds no slash, got " + name);
        }
        return name;
    }

    /** A cause without particular traits. */
    public FaultCause(
            String name,
            Scope scope,
            Distribution secondsBetween,
            Visibility visibility,
            Damage damage,
            Distribution repairSeconds,
            Provenance provenance) {
        this(name, scope, secondsBetween, visibility, damage, repairSeconds, provenance, FaultTraits.NONE);
    }

    /** The same cause with other traits. */
    public FaultCause with(FaultTraits other) {
        return new FaultCause(name, scope, secondsBetween, visibility, damage, repairSeconds, provenance, other);
    }

    /** The same cause with another law. */
    public FaultCause with(Distribution otherSecondsBetween) {
        return new FaultCause(name, scope, otherSecondsBetween, visibility, damage, repairSeconds, provenance, traits);
    }

    /** Whether a job that it strikes comes to a halt by itself. */
    public boolean stopsJob() {
        return visibility.stopsJob() && scope != Scope.STORAGE;
    }

    /**
     * Faults a second of all components of a cluster together, in the long run and of parts that do not wear. Those that a
     * burst sets off are left out: they find the job standing still.
     */
    public double ratePerSecond(ClusterShape cluster) {
        return scope.components(cluster) / secondsBetween.mean();
    }
}
