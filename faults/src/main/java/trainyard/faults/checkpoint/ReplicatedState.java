package trainyard.faults.checkpoint;

import java.util.BitSet;

/**
 * Copies of replicas that hold the same state each, as without ZeRO: what is lost of one is read from another one.
 *
 * @param within copies on the nodes of one replica
 * @param replicas replicas, at least 1
 * @param replicaNodes nodes of each, at least 1
 */
public record ReplicatedState(CopyPlacement within, int replicas, int replicaNodes) implements CopyPlacement {

    public ReplicatedState {
        if (replicas < 1 || replicaNodes < 1) {
            throw new IllegalArgumentException(
                    "a state needs replicas and nodes of them, got " + replicas + " and " + replicaNodes);
        }
    }

    @Override
    public boolean survives(BitSet lost) {
        BitSet everywhere = new BitSet(replicaNodes);
        for (int place = lost.nextSetBit(0); place >= 0 && place < replicaNodes; place = lost.nextSetBit(place + 1)) {
            boolean gone = true;
            for (int replica = 1; replica < replicas && gone; replica++) {
                gone = lost.get(replica * replicaNodes + place);
            }
            everywhere.set(place, gone);
        }
        return within.survives(everywhere);
    }
}
