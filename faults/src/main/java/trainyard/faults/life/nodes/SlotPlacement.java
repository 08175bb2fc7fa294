package trainyard.faults.life.nodes;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;
import trainyard.sim.inventory.IndexSet;

/** Which node fills which slot of the job, which slots hold no state, and which take no part in its steps. */
public final class SlotPlacement {

    private static final int NONE = -1;

    private final JobLayout layout;
    private final int[] nodeOfSlot;
    /** Slot of a node plus one; 0 for a node in no slot. */
    private final int[] slotOfNode;

    private final IndexSet empty;
    private final IndexSet blank;
    private final IndexSet out;
    private final IntConsumer onChange;

    /**
     * Of a job without nodes, of which every slot takes part.
     *
     * @param nodes nodes of the cluster
     * @param onChange told of each node that comes into a slot or leaves it, or whose slot begins or ends to take part
     */
    public SlotPlacement(JobLayout layout, int nodes, IntConsumer onChange) {
        this.onChange = onChange;
        this.layout = layout;
        nodeOfSlot = new int[layout.nodes()];
        Arrays.fill(nodeOfSlot, NONE);
        slotOfNode = new int[nodes];
        empty = new IndexSet(layout.nodes());
        empty.addAll();
        blank = new IndexSet(layout.nodes());
        blank.addAll();
        out = new IndexSet(layout.nodes());
    }

    /** Puts a node into the first empty slot, where it holds no state yet. Returns the slot. */
    int place(int node) {
        int slot = empty.next(0);
        put(node, slot);
        return slot;
    }

    /** Puts a node into an empty slot, where it holds no state yet. */
    void put(int node, int slot) {
        nodeOfSlot[slot] = node;
        slotOfNode[node] = slot + 1;
        empty.remove(slot);
        onChange.accept(node);
    }

    /** Takes a node out of its slot. */
    void remove(int node) {
        int slot = slotOf(node);
        if (slot >= 0) {
            slotOfNode[node] = 0;
            nodeOfSlot[slot] = NONE;
            empty.add(slot);
            blank.add(slot);
            onChange.accept(node);
        }
    }

    /** The slot of a node; -1 where it fills none. */
    public int slotOf(int node) {
        return slotOfNode[node] - 1;
    }

    int nodeOf(int slot) {
        return nodeOfSlot[slot];
    }

    /** The state of a slot is gone. */
    void wipe(int slot) {
        blank.add(slot);
    }

    /** The state of all slots is gone. */
    void wipeAll() {
        blank.addAll();
    }

    /** A slot holds its part of the state. */
    void fillWithState(int slot) {
        blank.remove(slot);
    }

    /** Every slot that takes part now holds its part of the state, and no other one does. */
    public void fillWithState() {
        blank.clear();
        for (int slot = out.next(0); slot >= 0; slot = out.next(slot + 1)) {
            blank.add(slot);
        }
    }

    void leaveOut(int slot) {
        out.add(slot);
        changed(slot);
    }

    void letIn(int slot) {
        out.remove(slot);
        changed(slot);
    }

    void letAllIn() {
        for (int slot = out.next(0); slot >= 0; slot = out.next(slot + 1)) {
            changed(slot);
        }
        out.clear();
    }

    private void changed(int slot) {
        if (nodeOfSlot[slot] != NONE) {
            onChange.accept(nodeOfSlot[slot]);
        }
    }

    /** Whether a slot takes no part in the steps. */
    public boolean isOut(int slot) {
        return out.contains(slot);
    }

    /**
     * Moves nodes from the last slots into the empty ones among the first, if possible into one that holds the same part of
     * the state.
     *
     * @param slots how many slots are to be filled, at most as many as there are nodes
     * @return the nodes left over behind them
     */
    int[] moveTogether(int slots) {
        for (int hole = empty.next(0); hole >= 0 && hole < slots; hole = empty.next(hole + 1)) {
            int same = layout.nodes() - layout.replicaNodes() + layout.positionOf(hole);
            while (same >= slots && blank.contains(same)) {
                same -= layout.replicaNodes();
            }
            if (same >= slots) {
                move(same, hole);
                blank.remove(hole);
            }
        }
        int last = layout.nodes() - 1;
        for (int hole = empty.next(0); hole >= 0 && hole < slots; hole = empty.next(hole + 1)) {
            while (nodeOfSlot[last] == NONE) {
                last--;
            }
            move(last, hole);
        }
        return nodesFrom(slots);
    }

    private void move(int from, int to) {
        int node = nodeOfSlot[from];
        remove(node);
        put(node, to);
    }

    private int[] nodesFrom(int firstSlot) {
        return IntStream.range(firstSlot, nodeOfSlot.length)
                .map(slot -> nodeOfSlot[slot])
                .filter(node -> node != NONE)
                .toArray();
    }

    /** How many of some nodes fill a slot that takes part. */
    public int countIn(int firstNode, int endNode) {
        int in = 0;
        for (int node = firstNode; node < endNode; node++) {
            in += slotOfNode[node] > 0 && !isOut(slotOfNode[node] - 1) ? 1 : 0;
        }
        return in;
    }

    /** The slots that some nodes fill. */
    public BitSet slotsOf(int firstNode, int endNode) {
        BitSet slots = new BitSet();
        for (int node = firstNode; node < endNode; node++) {
            if (slotOf(node) >= 0) {
                slots.set(slotOf(node));
            }
        }
        return slots;
    }

    /** The nodes in all slots. */
    int[] all() {
        return nodesFrom(0);
    }

    /** Slots without a node. */
    public Slots empty() {
        return Slots.of(empty);
    }

    /** Slots that hold no state, the empty ones included. */
    public Slots blank() {
        return Slots.of(blank);
    }

    /** Slots that take no part in the steps. */
    public Slots out() {
        return Slots.of(out);
    }
}
