package trainyard.faults.recovery;

import java.util.Objects;

/**
 * A component of a job that is not at its full speed.
 *
 * @param slot slot of the node that it belongs to
 * @param kind what it is
 * @param place number of a GPU within the node; 0 for other kinds
 * @param share share of its full speed that is left, in (0, 1)
 */
public record SlowPart(int slot, Kind kind, int place, double share) {

    /** Kinds of slow components. */
    public enum Kind {
        /** One GPU. */
        GPU,
        /** All GPUs of a node. */
        NODE,
        /** The network ports of a node: what a ring through it gets, ports that are down being relieved by the others. */
        PORTS,
        /** The uplinks of the leaf switch of a node, all together. */
        UPLINKS
    }

    public SlowPart {
        Objects.requireNonNull(kind, "kind");
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a slow part has a share of (0, 1) of its speed, got " + share);
        }
    }
}
