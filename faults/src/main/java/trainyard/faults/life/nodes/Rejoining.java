package trainyard.faults.life.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import trainyard.faults.layout.Slots;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.recovery.Rejoin;
import trainyard.sim.engine.Step;

/**
 * Slots that left the steps of a running job, in units that come back together: a unit waits until it has all its nodes,
 * comes up, copies the state and is then ready to be taken in.
 */
final class Rejoining {

    private final SlotPlacement placement;
    private final Supplier<AsideGroup> newGroup;
    private final PreparationTimes times;
    private final Step onReady;
    private final Map<Integer, AsideGroup> units = new TreeMap<>();
    private int unitSlots = 1;
    private Rejoin rejoin = Rejoin.NEVER;

    Rejoining(SlotPlacement placement, Supplier<AsideGroup> newGroup, PreparationTimes times, Step onReady) {
        this.placement = placement;
        this.newGroup = newGroup;
        this.times = times;
        this.onReady = onReady;
    }

    /**
     * Leaves out every unit with one of some slots.
     *
     * @param which some slots
     * @param slots slots of a unit
     * @param how how units come back
     */
    void leave(long nowNanos, Slots which, int slots, Rejoin how) {
        unitSlots = slots;
        rejoin = how;
        int slot = which.next(0);
        while (slot >= 0) {
            int unit = slot / unitSlots;
            if (!units.containsKey(unit)) {
                leave(nowNanos, unit);
            }
            slot = which.next((unit + 1) * unitSlots);
        }
    }

    private void leave(long nowNanos, int unit) {
        AsideGroup group = newGroup.get();
        units.put(unit, group);
        slots(unit).forEach(placement::leaveOut);
        group.change(nowNanos, filled(unit));
        goOn(nowNanos, unit, group);
    }

    private IntStream slots(int unit) {
        return IntStream.range(unit * unitSlots, (unit + 1) * unitSlots);
    }

    /** Counted for every unit that is out whenever nodes come or go, so by hand. */
    private int filled(int unit) {
        int filled = 0;
        for (int slot = unit * unitSlots; slot < (unit + 1) * unitSlots; slot++) {
            filled += placement.nodeOf(slot) >= 0 ? 1 : 0;
        }
        return filled;
    }

    private void goOn(long nowNanos, int unit, AsideGroup group) {
        if (group.nodes() < unitSlots || rejoin == Rejoin.NEVER || rejoin == Rejoin.AT_RESTART) {
            group.await(nowNanos);
        } else if (rejoin == Rejoin.IN_BACKGROUND) {
            group.prepare(nowNanos, times.startNanos(unit), times.copyNanos(unit), GpuState.LOAD, onReady);
        } else {
            group.prepare(nowNanos, 0, 0, GpuState.INITIALISE, onReady);
        }
    }

    /** A node has come into a slot that is left out. */
    void add(long nowNanos, int slot) {
        AsideGroup group = units.get(slot / unitSlots);
        group.change(nowNanos, 1);
        goOn(nowNanos, slot / unitSlots, group);
    }

    /** A fault struck a slot that is left out; where it took the node, the node has been removed. */
    void strike(long nowNanos, int slot) {
        AsideGroup group = units.get(slot / unitSlots);
        group.change(nowNanos, filled(slot / unitSlots) - group.nodes());
        goOn(nowNanos, slot / unitSlots, group);
    }

    boolean hasReady() {
        for (AsideGroup unit : units.values()) {
            if (unit.isReady()) {
                return true;
            }
        }
        return false;
    }

    /** Takes the units in that are ready. */
    void takeIn(long nowNanos) {
        List<Integer> ready = new ArrayList<>(units.keySet());
        ready.removeIf(unit -> !units.get(unit).isReady());
        for (int unit : ready) {
            units.remove(unit).dissolve(nowNanos);
            slots(unit).forEach(slot -> {
                placement.letIn(slot);
                if (rejoin == Rejoin.IN_BACKGROUND) {
                    placement.fillWithState(slot);
                }
            });
        }
    }

    /** Ends all units: their slots take part in the job again, whether they are filled or not. */
    void dissolve(long nowNanos) {
        units.values().forEach(group -> group.dissolve(nowNanos));
        units.clear();
        placement.letAllIn();
    }

    int nodes() {
        int nodes = 0;
        for (AsideGroup group : units.values()) {
            nodes += group.nodes();
        }
        return nodes;
    }

    void book(long nowNanos) {
        units.values().forEach(group -> group.book(nowNanos));
    }
}
