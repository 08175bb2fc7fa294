package trainyard.parallel.step.exchange;

import trainyard.sim.collective.GroupShape;

/**
 * How the ranks lie that exchange within a layer.
 *
 * @param tensor ranks that split its matrix products
 * @param context ranks that hold the parts of a sequence
 * @param expert ranks that hold its experts between them
 */
public record LayerGroups(GroupShape tensor, GroupShape context, GroupShape expert) {

    /** Tensor-parallel ranks alone. */
    public static LayerGroups tensor(GroupShape tensor) {
        return new LayerGroups(tensor, GroupShape.withinNode(1), GroupShape.withinNode(1));
    }
}
