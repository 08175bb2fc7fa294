package trainyard.faults.life.cluster;

import java.util.ArrayDeque;
import java.util.Queue;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/**
 * Repairs nodes, as many at a time as it has crews, first come, first served. A repaired node is up again in the inventory.
 */
public final class RepairShop {

    private final Timeline timeline;
    private final Inventory inventory;
    private final Queue<Repair> waiting = new ArrayDeque<>();
    private int freeCrews;

    private record Repair(int node, long nanos) {}

    /**
     * @param crews repairs at the same time, at least 1
     */
    public RepairShop(Timeline timeline, Inventory inventory, int crews) {
        if (crews < 1) {
            throw new IllegalArgumentException("a repair shop needs at least one crew, got " + crews);
        }
        this.timeline = timeline;
        this.inventory = inventory;
        freeCrews = crews;
    }

    /** Takes a broken node in. */
    void admit(int node, long repairNanos) {
        waiting.add(new Repair(node, repairNanos));
        work();
    }

    private void work() {
        while (freeCrews > 0 && !waiting.isEmpty()) {
            Repair next = waiting.remove();
            freeCrews--;
            timeline.after(next.nanos, LifePriorities.REPAIR, now -> finish(next.node));
        }
    }

    private void finish(int node) {
        freeCrews++;
        inventory.setSpeed(Part.node(node), 1);
        work();
    }
}
