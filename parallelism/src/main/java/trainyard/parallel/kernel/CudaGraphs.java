package trainyard.parallel.kernel;

/** What of a step runs in CUDA graphs, whose kernels the host launches together. */
public enum CudaGraphs {
    /** Nothing: the host issues every kernel. */
    NONE,
    /** {@link SoftwareFeature#GRAPHED_LAYERS}. */
    LAYERS,
    /** {@link SoftwareFeature#GRAPHED_STEP}. */
    STEP;

    /**
     * Software that launches so.
     *
     * @throws IllegalArgumentException if its launches block, which a graph has none of
     */
    public SoftwareProfile on(SoftwareProfile software) {
        if (this != NONE && software.has(SoftwareFeature.LAUNCH_BLOCKING)) {
            throw new IllegalArgumentException("CUDA graphs launch kernels together, and " + software.name()
                    + " waits for each (CUDA_LAUNCH_BLOCKING=1)");
        }
        return software.with(SoftwareFeature.GRAPHED_LAYERS, this == LAYERS)
                .with(SoftwareFeature.GRAPHED_STEP, this == STEP);
    }
}
