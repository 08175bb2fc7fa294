package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.plan.ParameterServers;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Gradients to parameter servers and weights back, synchronously. The replicas of a node, or of all nodes that scale-up links
 * join, sum among themselves first (MXNet dist_device_sync, BytePS), so that N of them push S bytes each, over all their
 * ports, to s servers that hold equal shares:
 *
 * <pre>  latency + max( S / B_node,  N S / (s B_server) ) </pre>
 *
 * and pull the weights the same way. A server adds up what N nodes push, 12 bytes an element and push, and updates its share.
 */
final class ServerExchange {

    private static final double ADD_BYTES = 12;

    private final TrainingJob job;
    private final ParameterServers servers;
    private final CollectiveModel collectives;
    private final KernelModel kernels;
    private final GroupShape replicas;

    /** GPUs that sum among themselves, and what their ports carry in bytes/s. */
    private final int gpusPerNode;

    private final double port;

    /**
     * @param replicas the ranks of equal weights
     */
    ServerExchange(
            TrainingJob job,
            ParameterServers servers,
            CollectiveModel collectives,
            KernelModel kernels,
            GroupShape replicas) {
        this.job = job;
        this.servers = servers;
        this.collectives = collectives;
        this.kernels = kernels;
        this.replicas = replicas;
        this.gpusPerNode = RankPlacement.on(job.cluster(), job.plan()).gpusPerNode();
        this.port = job.cluster().fabric().achievedFraction()
                * job.cluster().byScaleUpDomain().node().scaleOutBytesPerSecond();
    }

    /** Seconds until the servers have so many bytes of gradients of each rank of a stage. */
    double pushSeconds(double bytes) {
        return within(Collective.REDUCE_SCATTER, bytes) + networkSeconds(bytes);
    }

    /** Seconds until each rank of a stage has so many bytes of weights. */
    double pullSeconds(double bytes) {
        return networkSeconds(bytes) + within(Collective.ALL_GATHER, bytes);
    }

    private double within(Collective operation, double bytes) {
        GroupShape node = GroupShape.withinNode(replicas.ranksPerNode());
        return node.ranks() == 1 ? 0 : collectives.time(operation, bytes, node).seconds();
    }

    private double networkSeconds(double bytes) {
        ClusterSpec cluster = job.cluster();
        double ofServer = servers.bytesPerSecond() > 0
                ? servers.bytesPerSecond()
                : cluster.node().scaleOutBytesPerSecond();
        double server = cluster.fabric().achievedFraction() * ofServer;
        double ofNode = replicas.groupsPerNode() * bytes;
        return cluster.fabric().latencySeconds()
                + Math.max(ofNode / port, nodes() * ofNode / (servers.nodes() * server));
    }

    private int nodes() {
        return (job.plan().gpus() + gpusPerNode - 1) / gpusPerNode;
    }

    /** Seconds that a server sums and updates its share of the model. */
    double updateSeconds() {
        double share = job.model().trainedParameters() / servers.nodes();
        double added = ADD_BYTES * replicas.nodes() * share;
        if (servers.device() == ParameterServers.Device.CPU) {
            double memory = job.cluster().node().host().memoryBytesPerSecond();
            return added / (HostTransfer.MEMORY_SHARE * memory) + HostUpdate.seconds(share, memory);
        }
        int gpus = job.cluster().node().gpus();
        double update = job.software().optimizerBytesPerParameter() * share;
        return kernels.stream((added + update) / gpus, 1).seconds();
    }
}
