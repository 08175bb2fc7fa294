package trainyard.scheduler.peer.pollux;

/**
 * Where and how jobs are played.
 *
 * @param nodes at least 1
 * @param gpusPerNode at least 1
 * @param intervalSeconds between two allocations
 * @param interference share of their speed that jobs on several nodes lose where two of them share a node
 */
public record PolluxCluster(int nodes, int gpusPerNode, long intervalSeconds, double interference) {

    public PolluxCluster {
        if (nodes < 1 || gpusPerNode < 1 || intervalSeconds < 1 || !(interference >= 0 && interference < 1)) {
            throw new IllegalArgumentException("no cluster of " + nodes + " nodes of " + gpusPerNode + " GPUs, "
                    + intervalSeconds + " s, interference " + interference);
        }
    }
}
