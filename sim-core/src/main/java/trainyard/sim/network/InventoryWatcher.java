package trainyard.sim.network;

import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/** Lets a network follow the health of an inventory's links. */
public final class InventoryWatcher {

    private InventoryWatcher() {}

    /** From now on, each change of a link's speed in the inventory changes the network. */
    public static void connect(Inventory inventory, FlowNetwork network) {
        inventory.addListener((part, before, speed) -> {
            if (part.kind() == Part.Kind.LINK) {
                network.setLinkFactor(part.index(), speed);
            }
        });
    }
}
