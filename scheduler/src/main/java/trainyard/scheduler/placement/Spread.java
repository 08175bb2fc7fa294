package trainyard.scheduler.placement;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;

/**
 * As evenly as possible: each GPU comes from a node that has most free at that moment. Failures of a node then strike little
 * of each job, and every job talks through the network.
 */
public record Spread() implements Placement {

    @Override
    public String name() {
        return "spread";
    }

    @Override
    public boolean ignoresNodes() {
        return true;
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        chosen.clear();
        if (free.free() < gpus) {
            return false;
        }
        // Nodes with more than the level give what they have above it; the last round is not full.
        int level = free.largestNode();
        int given = 0;
        int givers = 0;
        while (given < gpus) {
            givers += free.nodesWithExactly(level);
            given += givers;
            level--;
        }
        int lastRound = givers - (given - gpus);
        for (int count = free.largestNode(); count > level; count--) {
            for (int node = free.withExactly(count, 0);
                    node != FreeGpus.NONE;
                    node = free.withExactly(count, node + 1)) {
                int share = count - level - 1 + (lastRound-- > 0 ? 1 : 0);
                if (share > 0) {
                    chosen.add(node, share);
                }
            }
        }
        return true;
    }
}
