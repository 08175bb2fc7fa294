package trainyard.scheduler.run;

import java.util.Arrays;
import trainyard.scheduler.cluster.NodeShares;

/** Which jobs run on each node. */
final class NodeTenants {

    private static final int[] NOBODY = {};

    private final int[][] jobs;
    private final int[] count;

    NodeTenants(int nodes) {
        jobs = new int[nodes][];
        Arrays.fill(jobs, NOBODY);
        count = new int[nodes];
    }

    private void add(int node, int job) {
        if (count[node] == jobs[node].length) {
            jobs[node] = Arrays.copyOf(jobs[node], Math.max(4, 2 * count[node]));
        }
        jobs[node][count[node]++] = job;
    }

    private void remove(int node, int job) {
        int at = 0;
        while (jobs[node][at] != job) {
            at++;
        }
        count[node]--;
        System.arraycopy(jobs[node], at + 1, jobs[node], at, count[node] - at);
    }

    void add(NodeShares shares, int job) {
        for (int i = 0; i < shares.count(); i++) {
            add(shares.node(i), job);
        }
    }

    void remove(NodeShares shares, int job) {
        for (int i = 0; i < shares.count(); i++) {
            remove(shares.node(i), job);
        }
    }

    /** A copy, in the order in which they started. */
    int[] of(int node) {
        return Arrays.copyOf(jobs[node], count[node]);
    }

    boolean isEmpty(int node) {
        return count[node] == 0;
    }
}
