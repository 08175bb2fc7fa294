package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.sim.hardware.HostSpec;
import trainyard.sim.hardware.NodeSpec;

/**
 * Copies between a GPU and what its host keeps for it, while every GPU of the node does the same (bandwidth-centric
 * partitioning: Rajbhandari et al. 2021, section 6.1). A GPU gets
 *
 * <pre>  min( copy share x link / GPUs on its uplink,  share x host memory rate / GPUs of the node ) </pre>
 *
 * and, to and from drives, its part of their rate if that is less; reading, copying and gathering are pipelined.
 */
public final class HostTransfer {

    /** Share of the data sheet's rate that plain copies reach in the memory of servers: 0.8 (STREAM triad; recalled). */
    static final double MEMORY_SHARE = 0.8;

    private final HostSpec host;
    private final int active;
    private final double bytesPerSecond;

    /**
     * @param job whose node has the path
     */
    public HostTransfer(TrainingJob job) {
        NodeSpec node = job.cluster().node();
        this.host = node.host();
        this.active = Math.min(node.gpus(), job.plan().gpus());
        double own = host.ownLinkBytesPerSecond();
        double link = own > 0 ? own : node.pcieBytesPerSecond() / Math.min(host.gpusPerUplink(), active);
        this.bytesPerSecond = Math.min(host.copyShare() * link, MEMORY_SHARE * host.memoryBytesPerSecond() / active);
    }

    /** GPUs of one node that take part. */
    int active() {
        return active;
    }

    /** Rate of copies of one GPU in one direction. */
    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Seconds until so many bytes of a rank have come to its GPU; 0 where they lie there. */
    public double fetch(OffloadTarget target, double bytes) {
        return seconds(target, bytes, host.nvmeReadBytesPerSecond());
    }

    /** Seconds until so many bytes have left the GPU for where they are kept; 0 where they stay. */
    public double store(OffloadTarget target, double bytes) {
        return seconds(target, bytes, host.nvmeWriteBytesPerSecond());
    }

    private double seconds(OffloadTarget target, double bytes, double driveBytesPerSecond) {
        return switch (target) {
            case NONE -> 0;
            case CPU -> bytes / bytesPerSecond;
            case NVME -> Math.max(bytes / bytesPerSecond, active * bytes / driveBytesPerSecond);
        };
    }

    /** Seconds in which the drives read and write so many bytes of each rank between host memory and themselves. */
    double drives(double readBytes, double writtenBytes) {
        return active * (readBytes / host.nvmeReadBytesPerSecond() + writtenBytes / host.nvmeWriteBytesPerSecond());
    }
}
