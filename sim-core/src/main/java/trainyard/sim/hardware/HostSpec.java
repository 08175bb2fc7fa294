package trainyard.sim.hardware;

/**
 * What the processors and drives of a server offer its GPUs; 0 where not known or not there.
 *
 * @param memoryBytes memory of the processors
 * @param memoryBytesPerSecond rate of that memory on the data sheet, all sockets together
 * @param gpusPerUplink GPUs that share one PCIe link to the processors, at least 1
 * @param copyShare share of the rate of its link that a copy between host and GPU reaches, in (0, 1]
 * @param ownLinkBytesPerSecond rate of a link of each GPU to the processors beside PCIe, per direction (NVLink-C2C)
 * @param nvmeBytes capacity of the drives for data
 * @param nvmeReadBytesPerSecond rate at which all of them read together
 * @param nvmeWriteBytesPerSecond rate at which all of them write together
 */
public record HostSpec(
        double memoryBytes,
        double memoryBytesPerSecond,
        int gpusPerUplink,
        double copyShare,
        double ownLinkBytesPerSecond,
        double nvmeBytes,
        double nvmeReadBytesPerSecond,
        double nvmeWriteBytesPerSecond) {

    /** NVIDIA's blog on nvbandwidth (2025) prints 55.6 GB/s from host to H100, of 63 GB/s. */
    public static final double COPY_SHARE = 0.88;

    public HostSpec {
        if (!(copyShare > 0 && copyShare <= 1)) {
            throw new IllegalArgumentException("a copy reaches a share in (0, 1] of its link, got " + copyShare);
        }
        if (gpusPerUplink < 1) {
            throw new IllegalArgumentException("a PCIe uplink serves at least one GPU, got " + gpusPerUplink);
        }
    }

    /** A host of which only the size of its memory is known. */
    public static HostSpec ofMemory(double bytes) {
        return new HostSpec(bytes, 0, 1, COPY_SHARE, 0, 0, 0, 0);
    }

    /** So many of these taken as one; links of a GPU stay what they are. */
    HostSpec times(int count) {
        return new HostSpec(
                count * memoryBytes,
                count * memoryBytesPerSecond,
                gpusPerUplink,
                copyShare,
                ownLinkBytesPerSecond,
                count * nvmeBytes,
                count * nvmeReadBytesPerSecond,
                count * nvmeWriteBytesPerSecond);
    }
}
