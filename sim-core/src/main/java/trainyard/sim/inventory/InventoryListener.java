package trainyard.sim.inventory;

/** Told of every change of health. */
@FunctionalInterface
public interface InventoryListener {

    /**
     * Called after the change, in the order in which listeners were added.
     *
     * @param speedBefore share of its full speed that the part had, in [0, 1]
     * @param speed share that it has now
     */
    void onChange(Part part, double speedBefore, double speed);
}
