package trainyard.sim.inventory;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import trainyard.sim.engine.Simulation;

/**
 * The nodes of an inventory, granted first come, first served: at once while enough usable nodes are free, else when
 * others are released or repaired. A large request at the head of the queue is not overtaken by smaller ones behind it.
 * Free nodes are granted in ascending order; one that is down stays free until it works again.
 */
public final class FixedPool implements NodeSource {

    /** Grants happen behind the events that free nodes at the same time, so that they see all of them. */
    private static final int GRANT_PRIORITY = 50;

    private final Simulation simulation;
    private final Inventory inventory;
    private final BitSet free = new BitSet();
    /** Those of the free nodes that work. */
    private final IndexSet available;

    private final Deque<Request> queue = new ArrayDeque<>();
    private final int grantHandler;
    private boolean grantPending;
    private int requests;

    private record Request(int number, int nodes, GrantListener listener) {}

    public FixedPool(Simulation simulation, Inventory inventory) {
        this.simulation = simulation;
        this.inventory = inventory;
        free.set(0, inventory.nodes());
        available = new IndexSet(inventory.nodes());
        for (int node = 0; node < inventory.nodes(); node++) {
            track(node);
        }
        grantHandler = simulation.register((now, argument) -> grant(now));
        inventory.addListener((part, before, speed) -> onChange(part));
    }

    private void onChange(Part part) {
        if (part.kind() != Part.Kind.LINK) {
            track(part.kind() == Part.Kind.NODE ? part.index() : part.index() / inventory.gpusPerNode());
            grantSoon();
        }
    }

    private void track(int node) {
        if (free.get(node) && inventory.isUsable(node)) {
            available.add(node);
        } else {
            available.remove(node);
        }
    }

    @Override
    public int request(int nodes, GrantListener listener) {
        if (nodes < 1 || nodes > inventory.nodes()) {
            throw new IllegalArgumentException(
                    "a pool of " + inventory.nodes() + " nodes cannot grant " + nodes + " of them");
        }
        queue.addLast(new Request(requests, nodes, listener));
        grantSoon();
        return requests++;
    }

    @Override
    public boolean withdraw(int request) {
        boolean open = queue.removeIf(waiting -> waiting.number == request);
        grantSoon();
        return open;
    }

    @Override
    public void release(int[] nodes) {
        for (int node : nodes) {
            if (free.get(node)) {
                throw new IllegalArgumentException("node " + node + " is released but was not granted");
            }
            free.set(node);
            track(node);
        }
        grantSoon();
    }

    private void grantSoon() {
        if (!grantPending && !queue.isEmpty()) {
            grantPending = true;
            simulation.schedule(simulation.now(), GRANT_PRIORITY, grantHandler, 0);
        }
    }

    private void grant(long nowNanos) {
        grantPending = false;
        while (!queue.isEmpty() && queue.getFirst().nodes <= available.size()) {
            Request request = queue.removeFirst();
            request.listener.onGranted(nowNanos, request.number, take(request.nodes));
        }
    }

    /** The first free nodes that work. */
    private int[] take(int count) {
        int[] nodes = new int[count];
        int node = -1;
        for (int i = 0; i < count; i++) {
            node = available.next(node + 1);
            nodes[i] = node;
            free.clear(node);
            available.remove(node);
        }
        return nodes;
    }

    /** Nodes that nobody has and that work. */
    public int freeNodes() {
        return available.size();
    }
}
