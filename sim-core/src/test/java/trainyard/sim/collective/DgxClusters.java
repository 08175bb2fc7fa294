package trainyard.sim.collective;

import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** NCCL on the two clusters whose times are known best, and sizes of buffers in bytes. */
final class DgxClusters {

    static final double MIB = 1 << 20;
    static final double GIB = 1 << 30;

    static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** 64 nodes, each with a port of 25 GB/s for every GPU. */
    static final NcclModel A100 = NcclModel.on(new ClusterSpec(CATALOG.node("DGX A100"), 64, CATALOG.fabric("IB HDR")));

    /** 512 nodes, each with a port of 50 GB/s for every GPU. */
    static final NcclModel H100 =
            NcclModel.on(new ClusterSpec(CATALOG.node("DGX H100"), 512, CATALOG.fabric("IB NDR")));

    private DgxClusters() {}
}
