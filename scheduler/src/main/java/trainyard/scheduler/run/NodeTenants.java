package trainyard.scheduler.run;

import java.util.Arrays;
import trainyard.scheduler.cluster.NodeShares;

/** Which jobs run on each node. */
final class NodeTenants {

    private static final int[] NOBODY = {};

    private final int[][] jobs;
    private final int[] count;
    private final long[] emptySince;

    NodeTenants(int nodes) {
        jobs = new int[nodes][];
        Arrays.fill(jobs, NOBODY);
        count = new int[nodes];
        emptySince = new long[nodes];
    }

    private void add(int node, int job) {
        if (count[node] == jobs[node].length) {
            jobs[node] = Arrays.copyOf(jobs[node], Math.max(4, 2 * count[node]));
        }
        jobs[node][count[node]++] = job;
    }

    private void remove(int node, int job, long nowNanos) {
        int at = 0;
        while (jobs[node][at] != job) {
            at++;
        }
        count[node]--;
        System.arraycopy(jobs[node], at + 1, jobs[node], at, count[node] - at);
        emptySince[node] = nowNanos;
    }

    void add(NodeShares shares, int job) {
        for (int i = 0; i < shares.count(); i++) {
            add(shares.node(i), job);
        }
    }

    void remove(NodeShares shares, int job, long nowNanos) {
        for (int i = 0; i < shares.count(); i++) {
            remove(shares.node(i), job, nowNanos);
        }
    }

    /** A copy, in the order in which they started. */
    int[] of(int node) {
        return Arrays.copyOf(jobs[node], count[node]);
    }

    /** When the last job left that ran on a node; 0 if none ever did. */
    long emptySince(int node) {
        return emptySince[node];
    }
}
