package trainyard.sim.collective;

/** The ways in which NCCL moves data among the ranks of a group, and one of MPI's to compare with them. */
public enum NcclAlgorithm {
    /** Each rank passes data to its successor; every link is busy all the time. */
    RING("ring"),
    /** Two complementary binary trees over the nodes, a chain of ranks within each node. */
    TREE("tree"),
    /** The NVLink switch reduces and multicasts within one node. */
    NVLS("nvls"),
    /** Switch reduction within each node, binary trees between nodes. */
    NVLS_TREE("nvlstree"),
    /** Reduction in the switches between nodes (CollNet over SHARP), switch reduction within each node. */
    COLLNET("collnet"),
    /** Parallel aggregated trees: a logarithmic number of network steps for one rank per node. */
    PAT("pat"),
    /** Messages straight from rank to rank, for all-to-all and send-receive. */
    POINT_TO_POINT("p2p"),
    /** Pairs exchange halves of what is left: 2 log2(n) steps. MPI libraries have it, NCCL does not. */
    HALVING_DOUBLING("halving-doubling");

    private final String label;

    NcclAlgorithm(String label) {
        this.label = label;
    }

    /** Whether NCCL itself may choose it; the others run only where they are asked for. */
    public boolean isOffered() {
        return this != HALVING_DOUBLING;
    }

    /** The name in tables and charts. */
    public String label() {
        return label;
    }
}
