package trainyard.scheduler.peer.pollux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Free GPUs of each node; replicas go to the node with most of them, the first of equal ones. */
final class FreeNodes {

    private final int[] free;

    FreeNodes(int nodes, int gpusPerNode, Collection<List<Integer>> taken) {
        free = new int[nodes];
        Arrays.fill(free, gpusPerNode);
        taken.forEach(nodesOfJob -> nodesOfJob.forEach(node -> free[node]--));
    }

    /** The nodes of so many replicas. */
    List<Integer> take(int replicas) {
        List<Integer> nodes = new ArrayList<>();
        while (nodes.size() < replicas) {
            int most = 0;
            for (int node = 1; node < free.length; node++) {
                most = free[node] > free[most] ? node : most;
            }
            if (free[most] <= 0) {
                throw new IllegalArgumentException("no GPU is left for a job of " + replicas);
            }
            int count = Math.min(free[most], replicas - nodes.size());
            for (int i = 0; i < count; i++) {
                nodes.add(most);
            }
            free[most] -= count;
        }
        return nodes;
    }
}
