package trainyard.faults.life;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/** Plays a fault timeline: each fault takes its nodes out of the inventory and hands them to the repair shop. */
final class FaultProcess {

    private final FaultTimeline faults;
    private final Inventory inventory;
    private final RepairShop repairs;
    private final FaultListener listener;
    private final Activity life;

    FaultProcess(
            Timeline timeline, FaultTimeline faults, Inventory inventory, RepairShop repairs, FaultListener listener) {
        this.faults = faults;
        this.inventory = inventory;
        this.repairs = repairs;
        this.listener = listener;
        life = new Activity(timeline, LifePriorities.FAULT);
    }

    /** Starts at time 0. */
    void start() {
        awaitNext(0);
    }

    private void awaitNext(long nowNanos) {
        long next = faults.nextNanos();
        if (next < Long.MAX_VALUE) {
            life.holdNanos(next - nowNanos, this::strike);
        }
    }

    private void strike(long nowNanos) {
        Fault fault = faults.take();
        if (fault.damage().takesNode()) {
            for (int node = fault.firstNode(); node < fault.endNode(); node++) {
                if (inventory.isUsable(node)) {
                    inventory.setSpeed(Part.node(node), 0);
                    repairs.admit(node, fault.repairNanos());
                }
            }
        }
        listener.onFault(nowNanos, fault);
        awaitNext(nowNanos);
    }
}
