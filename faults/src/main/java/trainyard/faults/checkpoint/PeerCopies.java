package trainyard.faults.checkpoint;

import java.util.BitSet;
import java.util.function.IntBinaryOperator;

/**
 * Copies of the shard of a node on that node and on peers.
 *
 * @param nodes nodes of the job, at least 1
 * @param copies copies of each shard, the node's own included, from 1 to {@code nodes}
 * @param pattern which peers hold them
 */
public record PeerCopies(int nodes, int copies, Pattern pattern) implements CopyPlacement {

    /** Which peers hold the copies of a node; i is the number of the copy, from 0 for its own. */
    public enum Pattern {
        /** Nodes in groups of {@code copies}, each of which holds all shards of its group (Gemini, SOSP 2023). */
        GROUP,
        /** The next nodes of a ring over all nodes. */
        RING
    }

    public PeerCopies {
        if (nodes < 1 || copies < 1 || copies > nodes) {
            throw new IllegalArgumentException(
                    "copies of shards need from 1 to as many nodes as there are, got " + copies + " on " + nodes);
        }
        if (pattern == Pattern.GROUP && nodes % copies != 0) {
            throw new IllegalArgumentException(nodes + " nodes do not divide into groups of " + copies);
        }
    }

    /** Each shard on its own node alone, as on local disks. */
    public static PeerCopies own(int nodes) {
        return new PeerCopies(nodes, 1, Pattern.RING);
    }

    @Override
    public boolean survives(BitSet lost) {
        return survives(lost, nodes, copies, holder());
    }

    private IntBinaryOperator holder() {
        return switch (pattern) {
            case GROUP -> (place, i) -> place - place % copies + (place % copies + i) % copies;
            case RING -> (place, i) -> (place + i) % nodes;
        };
    }

    /** Only shards of lost nodes can be gone, so the cost grows with those alone. */
    static boolean survives(BitSet lost, int nodes, int copies, IntBinaryOperator holder) {
        for (int place = lost.nextSetBit(0); place >= 0 && place < nodes; place = lost.nextSetBit(place + 1)) {
            boolean left = false;
            for (int i = 1; i < copies && !left; i++) {
                left = !lost.get(holder.applyAsInt(place, i));
            }
            if (!left) {
                return false;
            }
        }
        return true;
    }
}
