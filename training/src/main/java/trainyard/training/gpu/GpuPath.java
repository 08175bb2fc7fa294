package trainyard.training.gpu;

import java.util.Set;

/** A way to measure a GPU. A build has one of them, after the Maven profile that it was built with. */
public enum GpuPath {
    /**
     * DL4J trains on the GPU, with the kernels of ND4J 1.0.0-M2.1 for CUDA 11.6. Its library holds machine code for compute
     * capability 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, and no intermediate code that a driver could translate; code for
     * 8.6 runs on 8.9 too, since machine code runs on higher variants of its generation ("CUDA C++ Programming Guide", binary
     * compatibility).
     */
    DL4J("cuda11", "DL4J on the GPU, with ND4J's kernels for CUDA 11.6") {
        @Override
        public boolean runsOn(ComputeCapability capability) {
            return DL4J_CAPABILITIES.contains(capability);
        }
    },
    /**
     * Kernels of a traced DL4J iteration are replayed with cuBLAS and own kernels. CUDA 13 dropped what is older than 7.5; its
     * drivers translate the own kernels for whatever comes later.
     */
    REPLAY("cuda13", "the kernels of a traced DL4J iteration, replayed with cuBLAS 13 and own kernels") {
        @Override
        public boolean runsOn(ComputeCapability capability) {
            return capability.compareTo(FIRST_OF_CUDA_13) >= 0;
        }
    };

    private static final Set<ComputeCapability> DL4J_CAPABILITIES = Set.of(
            new ComputeCapability(3, 7),
            new ComputeCapability(5, 0),
            new ComputeCapability(5, 2),
            new ComputeCapability(6, 0),
            new ComputeCapability(6, 1),
            new ComputeCapability(7, 0),
            new ComputeCapability(7, 5),
            new ComputeCapability(8, 0),
            new ComputeCapability(8, 6),
            new ComputeCapability(8, 9));

    private static final ComputeCapability FIRST_OF_CUDA_13 = new ComputeCapability(7, 5);

    private final String profile;
    private final String description;

    GpuPath(String profile, String description) {
        this.profile = profile;
        this.description = description;
    }

    /** Whether it has code for such a GPU. */
    public abstract boolean runsOn(ComputeCapability capability);

    /** Name of the Maven profile that builds it. */
    public String profile() {
        return profile;
    }

    /** What runs, in words for reports and profiles. */
    public String description() {
        return description;
    }
}
