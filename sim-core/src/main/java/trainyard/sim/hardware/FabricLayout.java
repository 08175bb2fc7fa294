package trainyard.sim.hardware;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The measures of a fabric that its kind alone does not give. Each is read by one {@link FabricSpec.Kind} and ignored by
 * the others.
 *
 * @param nodesPerLeaf nodes on each leaf of a fat tree, or on each set of leaves of a rail-optimised one; 0: as many as
 *     the ports of a leaf allow
 * @param torusSides routers along each dimension of a torus, two or three numbers of at least 1; empty: two sides as equal
 *     as the number of nodes allows
 * @param dragonflyNodesPerRouter nodes on each router of a dragonfly; 0: as few as reach every node
 * @param graph the switches and cables of a fabric given one by one
 */
public record FabricLayout(
        int nodesPerLeaf, List<Integer> torusSides, int dragonflyNodesPerRouter, Optional<FabricGraph> graph) {

    /** Everything as the number of nodes suggests. */
    public static final FabricLayout AUTOMATIC = new FabricLayout(0, List.of(), 0, Optional.empty());

    private static final int MOST_DIMENSIONS = 3;

    public FabricLayout {
        torusSides = List.copyOf(torusSides);
        Objects.requireNonNull(graph, "graph");
        if (torusSides.size() == 1 || torusSides.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("a torus has two or three dimensions, got sides " + torusSides);
        }
        if (torusSides.stream().anyMatch(side -> side < 1)) {
            throw new IllegalArgumentException("the sides of a torus must be at least 1, got " + torusSides);
        }
        if (nodesPerLeaf < 0 || dragonflyNodesPerRouter < 0) {
            throw new IllegalArgumentException("nodesPerLeaf and dragonflyNodesPerRouter must not be negative, got "
                    + nodesPerLeaf + ", " + dragonflyNodesPerRouter);
        }
    }

    /** A torus of the given sides. */
    public static FabricLayout torus(List<Integer> sides) {
        return new FabricLayout(0, sides, 0, Optional.empty());
    }

    /** A dragonfly with so many nodes on each router. */
    public static FabricLayout dragonfly(int nodesPerRouter) {
        return new FabricLayout(0, List.of(), nodesPerRouter, Optional.empty());
    }

    /** The fabric of a graph. */
    public static FabricLayout graph(FabricGraph graph) {
        return new FabricLayout(0, List.of(), 0, Optional.of(graph));
    }
}
