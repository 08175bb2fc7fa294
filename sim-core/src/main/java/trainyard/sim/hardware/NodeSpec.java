package trainyard.sim.hardware;

import java.util.Objects;

/**
 * One server.
 *
 * @param name catalogue name, such as {@code DGX A100}
 * @param gpu its GPU type
 * @param gpus GPUs in the node
 * @param scaleUp how they are joined
 * @param nics scale-out network ports
 * @param nicBytesPerSecond rate of one port, per direction
 * @param pcieBytesPerSecond PCIe bandwidth of one GPU to the host, per direction
 * @param host its processors, their memory and drives
 * @param maxPowerWatts power of the whole node, 0 where not known
 * @param scaleUpNodes nodes whose GPUs one scale-up switch joins, as the 18 trays of an NVL72 rack; 1 where the scale-up
 *     links stay within the node
 * @param provenance source of the row
 */
public record NodeSpec(
        String name,
        GpuSpec gpu,
        int gpus,
        ScaleUp scaleUp,
        int nics,
        double nicBytesPerSecond,
        double pcieBytesPerSecond,
        HostSpec host,
        double maxPowerWatts,
        int scaleUpNodes,
        Provenance provenance) {

    /** GPUs that direct NVLinks join at most: six links of each reach six others, and eight form a hybrid cube. */
    public static final int MOST_MESH_GPUS = 8;

    public NodeSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(gpu, "gpu");
        Objects.requireNonNull(host, "host");
        if (gpus < 1) {
            throw new IllegalArgumentException("a node needs at least one GPU, got " + gpus);
        }
        if (scaleUp == ScaleUp.NVLINK_MESH && gpus > MOST_MESH_GPUS) {
            throw new IllegalArgumentException(
                    "direct NVLinks join at most " + MOST_MESH_GPUS + " GPUs of a node, got " + gpus);
        }
        if (scaleUpNodes < 1 || scaleUpNodes > 1 && scaleUp != ScaleUp.NVSWITCH) {
            throw new IllegalArgumentException(
                    "a scale-up switch joins at least one node, and several only through nvswitch, got " + scaleUpNodes
                            + " nodes by " + scaleUp);
        }
    }

    /** A node whose scale-up links stay within it. */
    public NodeSpec(
            String name,
            GpuSpec gpu,
            int gpus,
            ScaleUp scaleUp,
            int nics,
            double nicBytesPerSecond,
            double pcieBytesPerSecond,
            double hostMemoryBytes,
            double maxPowerWatts,
            Provenance provenance) {
        this(
                name,
                gpu,
                gpus,
                scaleUp,
                nics,
                nicBytesPerSecond,
                pcieBytesPerSecond,
                HostSpec.ofMemory(hostMemoryBytes),
                maxPowerWatts,
                1,
                provenance);
    }

    /** The same node with another GPU in it. */
    public NodeSpec withGpu(GpuSpec other) {
        return with(name, other, gpus, nics, nicBytesPerSecond);
    }

    /** The same node with more or fewer GPUs and the same ports. */
    public NodeSpec withGpus(int count) {
        return with(name, gpu, count, nics, nicBytesPerSecond);
    }

    /**
     * The same node with other ports.
     *
     * @param bytesPerSecond rate of one port, per direction
     */
    public NodeSpec withPorts(int count, double bytesPerSecond) {
        return with(name, gpu, gpus, count, bytesPerSecond);
    }

    private NodeSpec with(String called, GpuSpec itsGpu, int itsGpus, int ports, double portBytesPerSecond) {
        return new NodeSpec(
                called,
                itsGpu,
                itsGpus,
                scaleUp,
                ports,
                portBytesPerSecond,
                pcieBytesPerSecond,
                host,
                maxPowerWatts,
                scaleUpNodes,
                provenance);
    }

    /** The same node on a fabric: its ports run at the rate of the fabric's where those are slower. */
    public NodeSpec on(FabricSpec fabric) {
        return fabric.portBytesPerSecond() >= nicBytesPerSecond
                ? this
                : with(name + " on " + fabric.name(), gpu, gpus, nics, fabric.portBytesPerSecond());
    }

    /** The nodes that one scale-up switch joins, at most {@code nodes} of them, taken as one. */
    NodeSpec scaleUpDomain(int nodes) {
        int joined = Math.min(nodes, scaleUpNodes);
        return joined == 1
                ? this
                : new NodeSpec(
                        joined + " x " + name,
                        gpu,
                        joined * gpus,
                        scaleUp,
                        joined * nics,
                        nicBytesPerSecond,
                        pcieBytesPerSecond,
                        host.times(joined),
                        joined * maxPowerWatts,
                        1,
                        provenance);
    }

    /** Bandwidth of all network ports of the node, per direction, in bytes/s. */
    public double scaleOutBytesPerSecond() {
        return nics * nicBytesPerSecond;
    }
}
