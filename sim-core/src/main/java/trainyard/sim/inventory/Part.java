package trainyard.sim.inventory;

import java.util.Objects;

/**
 * Something that can fail or slow down on its own.
 *
 * @param kind what it is
 * @param index its number among the parts of this kind in the cluster; links are numbered as in the topology
 */
public record Part(Kind kind, int index) {

    /** Kinds of parts. */
    public enum Kind {
        NODE,
        GPU,
        LINK
    }

    public Part {
        Objects.requireNonNull(kind, "kind");
    }

    public static Part node(int index) {
        return new Part(Kind.NODE, index);
    }

    public static Part gpu(int index) {
        return new Part(Kind.GPU, index);
    }

    public static Part link(int index) {
        return new Part(Kind.LINK, index);
    }
}
