package trainyard.faults.life;

import java.util.Arrays;
import java.util.BitSet;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/** Which nodes the job holds, and the time of those that it does not: idle or in repair. */
final class HeldNodes {

    private final Inventory inventory;
    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final BitSet held = new BitSet();
    private final BitSet down = new BitSet();
    private int count;
    private int idle;
    private int inRepair;
    private long bookedUntilNanos;

    /** Of a cluster whose nodes are all up. */
    HeldNodes(Inventory inventory, GpuTimeLedger ledger, LifeListener listener) {
        this.inventory = inventory;
        this.ledger = ledger;
        this.listener = listener;
        idle = inventory.nodes();
    }

    /** Books the time of nodes outside the job up to now. */
    void advance(long nowNanos) {
        long nanos = nowNanos - bookedUntilNanos;
        ledger.add(GpuState.IDLE, nanos, (long) idle * inventory.gpusPerNode());
        ledger.add(GpuState.REPAIR, nanos, (long) inRepair * inventory.gpusPerNode());
        bookedUntilNanos = nowNanos;
    }

    /** Takes in a change of the inventory; call it after each. */
    void onChange(long nowNanos, Part part, double speedBefore, double speed) {
        if (part.kind() != Part.Kind.NODE || (speedBefore > 0) == (speed > 0)) {
            return;
        }
        down.set(part.index(), speed == 0);
        if (held.get(part.index())) {
            return;
        }
        advance(nowNanos);
        idle += speed > 0 ? 1 : -1;
        inRepair += speed > 0 ? -1 : 1;
    }

    /** The job gets nodes, all of which work. */
    void take(long nowNanos, int[] nodes) {
        advance(nowNanos);
        for (int node : nodes) {
            held.set(node);
        }
        count += nodes.length;
        idle -= nodes.length;
        listener.onNodes(nowNanos, count);
    }

    /** The job gives nodes back, whether they work or not. */
    void give(long nowNanos, int[] nodes) {
        advance(nowNanos);
        for (int node : nodes) {
            held.clear(node);
            if (down.get(node)) {
                inRepair++;
            } else {
                idle++;
            }
        }
        count -= nodes.length;
        listener.onNodes(nowNanos, count);
    }

    int count() {
        return count;
    }

    /** How many of the job's nodes lie in a range. */
    int countIn(int firstNode, int endNode) {
        int in = 0;
        for (int node = held.nextSetBit(firstNode); node >= 0 && node < endNode; node = held.nextSetBit(node + 1)) {
            in++;
        }
        return in;
    }

    int[] all() {
        return held.stream().toArray();
    }

    /** The job's nodes that do not work. */
    int[] broken() {
        int[] broken = new int[down.cardinality()];
        int found = 0;
        for (int node = down.nextSetBit(0); node >= 0; node = down.nextSetBit(node + 1)) {
            if (held.get(node)) {
                broken[found++] = node;
            }
        }
        return Arrays.copyOf(broken, found);
    }

    /** The job's nodes of the highest numbers. */
    int[] last(int nodes) {
        int[] all = all();
        return Arrays.copyOfRange(all, all.length - nodes, all.length);
    }
}
