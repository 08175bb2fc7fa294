package trainyard.faults.life.cluster;

import trainyard.faults.cause.Fault;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/** Takes nodes that a fault broke out of the inventory and hands them to the repair shop. */
public record Breakage(Inventory inventory, RepairShop repairs) {

    /** Breaks the nodes that a fault takes; those that are broken already stay as they are. */
    public void strike(Fault fault) {
        if (!fault.damage().takesNode()) {
            return;
        }
        for (int node = fault.firstNode(); node < fault.endNode(); node++) {
            if (inventory.isUsable(node)) {
                inventory.setSpeed(Part.node(node), 0);
                repairs.admit(node, fault.repairNanos());
            }
        }
    }
}
