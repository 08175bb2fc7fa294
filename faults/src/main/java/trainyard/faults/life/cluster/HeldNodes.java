package trainyard.faults.life.cluster;

import java.util.BitSet;
import java.util.function.IntPredicate;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.record.NodeUse;
import trainyard.sim.inventory.IndexSet;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/** Which nodes the job holds, and the time of those that it does not: waited for, idle or in repair. */
public final class HeldNodes {

    private final Inventory inventory;
    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final BitSet held = new BitSet();
    private final BitSet down = new BitSet();
    /** Held nodes that do not work. */
    private final IndexSet broken;
    /** Nodes that may be something else to the job than the listener was told; empty where it does not follow them. */
    private final BitSet untold = new BitSet();

    private int count;
    private int idle;
    /** Nodes that the job stands in a queue for; the time of so many idle ones is its wait. */
    private int queuedFor;

    private int inRepair;
    private long bookedUntilNanos;

    /** Of a cluster whose nodes are all up. */
    public HeldNodes(Inventory inventory, GpuTimeLedger ledger, LifeListener listener) {
        this.inventory = inventory;
        this.ledger = ledger;
        this.listener = listener;
        broken = new IndexSet(inventory.nodes());
        idle = inventory.nodes();
        if (listener.followsNodes()) {
            untold.set(0, inventory.nodes());
        }
    }

    /** Books the time of nodes outside the job up to now. */
    public void advance(long nowNanos) {
        long nanos = nowNanos - bookedUntilNanos;
        int waitedFor = Math.min(idle, queuedFor);
        ledger.add(GpuState.WAIT_FOR_NODES, nanos, (long) waitedFor * inventory.gpusPerNode());
        ledger.add(GpuState.IDLE, nanos, (long) (idle - waitedFor) * inventory.gpusPerNode());
        ledger.add(GpuState.REPAIR, nanos, (long) inRepair * inventory.gpusPerNode());
        bookedUntilNanos = nowNanos;
    }

    /** Takes in a change of the inventory; call it after each. */
    public void onChange(long nowNanos, Part part, double speedBefore, double speed) {
        if (part.kind() != Part.Kind.NODE || (speedBefore > 0) == (speed > 0)) {
            return;
        }
        int node = part.index();
        down.set(node, speed == 0);
        mark(node);
        if (held.get(node)) {
            track(node);
            return;
        }
        advance(nowNanos);
        listener.onNode(nowNanos, node, speed > 0 ? NodeUse.FREE : NodeUse.BROKEN);
        idle += speed > 0 ? 1 : -1;
        inRepair += speed > 0 ? -1 : 1;
    }

    /** The job stands in a queue for so many nodes that it does not hold; those that it takes are no longer waited for. */
    public void queueFor(long nowNanos, int nodes) {
        advance(nowNanos);
        queuedFor = nodes;
    }

    private void track(int node) {
        if (held.get(node) && down.get(node)) {
            broken.add(node);
        } else {
            broken.remove(node);
        }
    }

    /** A node may have become something else to the job, which is told by {@link #tell}. */
    public void mark(int node) {
        if (listener.followsNodes()) {
            untold.set(node);
        }
    }

    /** Tells who listens what the marked nodes are to the job. */
    public void tell(long nowNanos, IntPredicate isAtWork) {
        for (int node = untold.nextSetBit(0); node >= 0; node = untold.nextSetBit(node + 1)) {
            listener.onNode(nowNanos, node, use(node, isAtWork));
        }
        untold.clear();
    }

    private NodeUse use(int node, IntPredicate isAtWork) {
        if (down.get(node)) {
            return NodeUse.BROKEN;
        }
        if (!held.get(node)) {
            return NodeUse.FREE;
        }
        return isAtWork.test(node) ? NodeUse.AT_WORK : NodeUse.BESIDE;
    }

    /** The job gets nodes, all of which work. */
    public void take(long nowNanos, int[] nodes) {
        advance(nowNanos);
        for (int node : nodes) {
            held.set(node);
            mark(node);
        }
        count += nodes.length;
        idle -= nodes.length;
        queuedFor = Math.max(0, queuedFor - nodes.length);
        listener.onNodes(nowNanos, count);
    }

    /** The job gives nodes back, whether they work or not. */
    public void give(long nowNanos, int[] nodes) {
        advance(nowNanos);
        for (int node : nodes) {
            held.clear(node);
            mark(node);
            broken.remove(node);
            if (down.get(node)) {
                inRepair++;
            } else {
                idle++;
            }
        }
        count -= nodes.length;
        listener.onNodes(nowNanos, count);
    }

    /** Whether the job holds any of some nodes. */
    boolean holdsAny(int firstNode, int endNode) {
        int next = held.nextSetBit(firstNode);
        return next >= 0 && next < endNode;
    }

    /** Nodes of the cluster. */
    public int nodes() {
        return inventory.nodes();
    }

    /** Nodes that the job has, broken ones included. */
    public int count() {
        return count;
    }

    /** Whether some of the job's nodes do not work. */
    public boolean hasBroken() {
        return !broken.isEmpty();
    }

    /** The job's nodes that do not work. */
    public int[] broken() {
        return broken.toArray();
    }
}
