package trainyard.scheduler.policy.sia;

import java.util.Objects;

/**
 * Nodes with one type of GPU. The nodes of a cluster are those of its first pool, then those of the second one, and so on.
 *
 * @param gpuType as jobs call it that need it, and as speeds do
 * @param nodes at least 1
 * @param gpusPerNode at least 1
 */
public record GpuPool(String gpuType, int nodes, int gpusPerNode) {

    public GpuPool {
        Objects.requireNonNull(gpuType, "gpuType");
        if (nodes < 1 || gpusPerNode < 1) {
            throw new IllegalArgumentException("a pool has nodes with GPUs, got " + nodes + " of " + gpusPerNode);
        }
    }
}
