package trainyard.scheduler.run;

import trainyard.scheduler.cluster.NodeShares;

/** Until when jobs that were stopped still save: on which nodes, and which jobs. */
final class Saves {

    private final long[] overOnNode;
    private final long[] overOfJob;

    Saves(int nodes, int jobs) {
        overOnNode = new long[nodes];
        overOfJob = new long[jobs];
    }

    void begin(int job, NodeShares shares, long endNanos) {
        overOfJob[job] = endNanos;
        for (int i = 0; i < shares.count(); i++) {
            int node = shares.node(i);
            overOnNode[node] = Math.max(overOnNode[node], endNanos);
        }
    }

    /** When a job can begin on some nodes: once nobody saves there any more, and its own save is over. */
    long over(int job, NodeShares shares) {
        long over = overOfJob[job];
        for (int i = 0; i < shares.count(); i++) {
            over = Math.max(over, overOnNode[shares.node(i)]);
        }
        return over;
    }
}
