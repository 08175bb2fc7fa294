package trainyard.sim.hardware;

/** How the GPUs of one node reach each other. */
public enum ScaleUp {
    /** Through PCIe switches and the host bridge only. */
    PCIE,
    /** Direct NVLinks between GPU pairs, no switch (DGX-1 cube mesh, four-GPU full mesh); eight GPUs at most. */
    NVLINK_MESH,
    /** Every GPU reaches every other at full link rate through switches. */
    NVSWITCH,
    /** Direct links from each GPU to all others (AMD xGMI). */
    FULL_MESH
}
