package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;

/** Device-memory bandwidth that kernels reach. */
final class MemoryBandwidth {

    /**
     * Share of the data-sheet bandwidth that long copies reach: 85 to 92 % on V100, A100 and H100 (BabelStream results,
     * Deakin et al., 2020 to 2023; the middle is taken).
     */
    private static final double ACHIEVED = 0.88;

    private MemoryBandwidth() {}

    /** Bytes per second. */
    static double achieved(GpuSpec gpu) {
        return gpu.memoryBytesPerSecond() * ACHIEVED;
    }
}
