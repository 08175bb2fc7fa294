package trainyard.faults.checkpoint;

import java.util.BitSet;

/**
 * Copies on peers outside all parallel groups of a node, so that a fault that takes a whole group, or nodes that are given up
 * with it, leaves the copies (Wan et al. 2025, ByteRobust, section 6.3). The nodes of a data-parallel replica share tensor and
 * pipeline groups, nodes of the same place in their replicas share data-parallel groups; so copy i of place p of replica r
 * lies on place p + i of replica r + i.
 *
 * @param replicas data-parallel replicas, at least 2
 * @param replicaNodes nodes of a replica, at least 2
 * @param copies copies of each shard, the node's own included, from 1 to the lesser of both
 */
public record CrossGroupCopies(int replicas, int replicaNodes, int copies) implements CopyPlacement {

    public CrossGroupCopies {
        if (copies < 1 || copies > Math.min(replicas, replicaNodes) || Math.min(replicas, replicaNodes) < 2) {
            throw new IllegalArgumentException("no node lies outside all parallel groups of another for " + copies
                    + " copies on " + replicas + " replicas of " + replicaNodes + " nodes");
        }
    }

    @Override
    public boolean survives(BitSet lost) {
        return PeerCopies.survives(lost, replicas * replicaNodes, copies, this::holder);
    }

    private int holder(int node, int i) {
        int replica = (node / replicaNodes + i) % replicas;
        int place = (node % replicaNodes + i) % replicaNodes;
        return replica * replicaNodes + place;
    }
}
