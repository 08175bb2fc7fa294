package trainyard.faults.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;
import trainyard.sim.inventory.IndexSet;

/** Which node fills which slot of the job, and which slots hold no state. */
final class Placement {

    private static final int NONE = -1;

    private final JobLayout layout;
    private final int[] nodeOfSlot;
    /** Slot of a node plus one; 0 for a node in no slot. */
    private final int[] slotOfNode;

    private final IndexSet empty;
    private final IndexSet blank;

    /**
     * Of a job without nodes.
     *
     * @param nodes nodes of the cluster
     */
    Placement(JobLayout layout, int nodes) {
        this.layout = layout;
        nodeOfSlot = new int[layout.nodes()];
        Arrays.fill(nodeOfSlot, NONE);
        slotOfNode = new int[nodes];
        empty = new IndexSet(layout.nodes());
        empty.addAll();
        blank = new IndexSet(layout.nodes());
        blank.addAll();
    }

    /** Puts nodes into the first empty slots, where they hold no state yet. */
    void place(int[] nodes) {
        int slot = -1;
        for (int node : nodes) {
            slot = empty.next(slot + 1);
            put(node, slot);
        }
    }

    private void put(int node, int slot) {
        nodeOfSlot[slot] = node;
        slotOfNode[node] = slot + 1;
        empty.remove(slot);
    }

    /** Takes nodes out of their slots. */
    void remove(int[] nodes) {
        for (int node : nodes) {
            int slot = slotOfNode[node] - 1;
            slotOfNode[node] = 0;
            nodeOfSlot[slot] = NONE;
            empty.add(slot);
            blank.add(slot);
        }
    }

    /** The state of what some nodes hold is gone. Returns how many of them fill a slot. */
    int wipe(int firstNode, int endNode) {
        if (firstNode == 0 && endNode == slotOfNode.length) {
            blank.addAll();
            return filled();
        }
        int struck = 0;
        for (int node = firstNode; node < endNode; node++) {
            if (slotOfNode[node] > 0) {
                struck++;
                blank.add(slotOfNode[node] - 1);
            }
        }
        return struck;
    }

    /** Every node in a slot now holds its part of the state. */
    void fillWithState() {
        blank.clear();
        for (int slot = empty.next(0); slot >= 0; slot = empty.next(slot + 1)) {
            blank.add(slot);
        }
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
        remove(new int[] {node});
        put(node, to);
    }

    private int[] nodesFrom(int firstSlot) {
        List<Integer> nodes = new ArrayList<>();
        for (int slot = firstSlot; slot < nodeOfSlot.length; slot++) {
            if (nodeOfSlot[slot] != NONE) {
                nodes.add(nodeOfSlot[slot]);
            }
        }
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The nodes in all slots. */
    int[] all() {
        return nodesFrom(0);
    }

    /** How many slots have a node. */
    int filled() {
        return nodeOfSlot.length - empty.size();
    }

    Slots empty() {
        return Slots.of(empty);
    }

    /** Slots that hold no state, the empty ones included. */
    Slots blank() {
        return Slots.of(blank);
    }
}
