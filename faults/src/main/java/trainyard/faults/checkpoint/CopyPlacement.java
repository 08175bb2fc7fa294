package trainyard.faults.checkpoint;

import java.util.BitSet;

/**
 * Which nodes of the job hold copies of which shard. Nodes are called by their place in the job, from 0; the shard of a node
 * is what its ranks save.
 */
public interface CopyPlacement {

    /** Copies outside the job, as on shared storage: no loss of nodes touches them. */
    CopyPlacement OUTSIDE = lost -> true;

    /**
     * Whether a copy of every shard is left.
     *
     * @param lost places whose copies are gone
     */
    boolean survives(BitSet lost);

    /** Whether copies lie on nodes of the job. */
    default boolean isOnNodes() {
        return this != OUTSIDE;
    }
}
