package trainyard.parallel.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * How replicas exchange gradients.
 *
 * @param compression how they are made smaller
 * @param servers who sums them; empty: the replicas themselves
 */
public record GradientExchange(GradientCompression compression, Optional<ParameterServers> servers) {

    /** A sum among the replicas of whole gradients. */
    public static final GradientExchange PLAIN = new GradientExchange(GradientCompression.NONE, Optional.empty());

    public GradientExchange {
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(servers, "servers");
        if (compression.compresses() && servers.isPresent()) {
            throw new PlanException(
                    "compression", "compression is for replicas that sum gradients themselves; drop parameter-servers");
        }
    }

    public static GradientExchange compressed(GradientCompression compression) {
        return new GradientExchange(compression, Optional.empty());
    }

    public static GradientExchange through(ParameterServers servers) {
        return new GradientExchange(GradientCompression.NONE, Optional.of(servers));
    }

    /** Whether replicas sum whole gradients among themselves. */
    public boolean isPlain() {
        return !compression.compresses() && servers.isEmpty();
    }

    /** Both need every replica to hold and update, or to hand over, all of its gradients. */
    void require(int zeroStage, Offload offload, boolean mirrored) {
        if (isPlain()) {
            return;
        }
        String key = compression.compresses() ? "compression" : "parameter-servers";
        if (zeroStage > 0 || offload.movesOptimizer() || mirrored) {
            throw new PlanException(
                    key, key + " needs zero: 0, no offload-optimizer, and a schedule that holds the weights once");
        }
    }
}
