package trainyard.parallel.condition;

import java.util.Objects;
import java.util.Optional;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.hardware.NodeSpec;

/**
 * What one rank runs on, where that is not a healthy GPU of the cluster's own type.
 *
 * @param speed share of its full speed that the GPU has left, in (0, 1]; all its kernels take 1 / speed times as long
 * @param links what is left of the links of its node
 * @param node the server that it is in; empty for the cluster's own type
 */
public record RankCondition(double speed, LinkShares links, Optional<NodeSpec> node) {

    /** A healthy GPU of the cluster's own type. */
    public static final RankCondition HEALTHY = new RankCondition(1, LinkShares.FULL, Optional.empty());

    public RankCondition {
        Objects.requireNonNull(links, "links");
        Objects.requireNonNull(node, "node");
        if (!(speed > 0 && speed <= 1)) {
            throw new IllegalArgumentException(
                    "the speed of a rank must lie in (0, 1], got " + speed + "; with a rank that is down no step ends");
        }
    }

    public RankCondition withSpeed(double share) {
        return new RankCondition(share, links, node);
    }

    public RankCondition withLinks(LinkShares left) {
        return new RankCondition(speed, left, node);
    }

    public RankCondition withNode(NodeSpec other) {
        return new RankCondition(speed, links, Optional.of(other));
    }
}
