package trainyard.scheduler.cluster;

import java.util.Objects;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.topology.LeafNodes;

/**
 * Equal nodes side by side. Islands and racks hold neighbouring nodes of one pool; the last of each may hold fewer.
 *
 * @param name unique in a cluster
 * @param nodes how many, at least 1
 * @param gpusPerNode at least 1
 * @param gpuType what jobs that need a type of GPU call it; empty if they do not
 * @param cpusPerNode processors of a node; infinite where they are not counted
 * @param memoryBytesPerNode host memory of a node; infinite where it is not counted
 * @param nodesPerIsland nodes that scale-up links join, at least 1
 * @param nodesPerRack nodes on one leaf of the fabric, at least 1
 */
public record NodePool(
        String name,
        int nodes,
        int gpusPerNode,
        String gpuType,
        double cpusPerNode,
        double memoryBytesPerNode,
        int nodesPerIsland,
        int nodesPerRack) {

    public NodePool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(gpuType, "gpuType");
        if (nodes < 1 || gpusPerNode < 1 || nodesPerIsland < 1 || nodesPerRack < 1) {
            throw new IllegalArgumentException("pool " + name + " needs nodes, GPUs in them, and nodes in an island and"
                    + " a rack, got " + nodes + ", " + gpusPerNode + ", " + nodesPerIsland + " and " + nodesPerRack);
        }
        if (!(cpusPerNode >= 0) || !(memoryBytesPerNode >= 0)) {
            throw new IllegalArgumentException("processors and memory of pool " + name + " are 0 or more");
        }
    }

    /** Nodes in one rack, with processors and memory that are not counted. */
    public static NodePool of(String name, int nodes, int gpusPerNode) {
        double uncounted = Double.POSITIVE_INFINITY;
        return new NodePool(name, nodes, gpusPerNode, "", uncounted, uncounted, 1, Math.max(1, nodes));
    }

    /** Nodes with the islands and leaves of a cluster, with processors and memory that are not counted. */
    public static NodePool of(String name, ClusterSpec cluster) {
        return of(name, cluster.nodes(), cluster.node().gpus())
                .withGpuType(cluster.node().gpu().name())
                .withDomains(cluster.node().scaleUpNodes(), LeafNodes.of(cluster));
    }

    public NodePool withGpuType(String type) {
        return new NodePool(
                name, nodes, gpusPerNode, type, cpusPerNode, memoryBytesPerNode, nodesPerIsland, nodesPerRack);
    }

    /** The same nodes with counted processors and memory. */
    public NodePool withHost(double cpus, double memoryBytes) {
        return new NodePool(name, nodes, gpusPerNode, gpuType, cpus, memoryBytes, nodesPerIsland, nodesPerRack);
    }

    /** The same nodes in other islands and racks. */
    public NodePool withDomains(int nodesOfIsland, int nodesOfRack) {
        return new NodePool(
                name, nodes, gpusPerNode, gpuType, cpusPerNode, memoryBytesPerNode, nodesOfIsland, nodesOfRack);
    }
}
