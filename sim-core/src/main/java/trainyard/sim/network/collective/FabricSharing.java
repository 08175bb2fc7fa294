package trainyard.sim.network.collective;

/**
 * Equal jobs on one fabric, each with its even part of the nodes.
 *
 * @param jobs how many
 * @param interleaved whether a job has every n-th node of n jobs, so that each reaches over all leaf switches; else each has
 *     neighbouring nodes
 */
public record FabricSharing(int jobs, boolean interleaved) {

    /** One job on the first nodes. */
    public static final FabricSharing ALONE = new FabricSharing(1, false);

    public FabricSharing {
        if (jobs < 1) {
            throw new IllegalArgumentException("there must be at least one job, got " + jobs);
        }
    }

    /** Nodes that each job may use. */
    int nodesPerJob(int nodes) {
        return nodes / jobs;
    }

    /** The node of the cluster that is a job's {@code node}-th. */
    int node(int job, int node, int nodes) {
        return interleaved ? node * jobs + job : job * nodesPerJob(nodes) + node;
    }
}
