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
 * @param hostMemoryBytes memory of the host, 0 where not known
 * @param maxPowerWatts power of the whole node, 0 where not known
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
        double hostMemoryBytes,
        double maxPowerWatts,
        Provenance provenance) {

    public NodeSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(gpu, "gpu");
        if (gpus < 1) {
            throw new IllegalArgumentException("a node needs at least one GPU, got " + gpus);
        }
    }

    /** Bandwidth of all network ports of the node, per direction, in bytes/s. */
    public double scaleOutBytesPerSecond() {
        return nics * nicBytesPerSecond;
    }
}
