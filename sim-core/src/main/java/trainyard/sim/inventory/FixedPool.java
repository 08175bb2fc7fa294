package trainyard.sim.inventory;

import java.util.ArrayDeque;
import java.util.Arrays;
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
    private final Deque<Request> queue = new ArrayDeque<>();
    private final int grantHandler;
    private boolean grantPending;
    private int requests;

    private record Request(int number, int nodes, GrantListener listener) {}

    public FixedPool(Simulation simulation, Inventory inventory) {
        this.simulation = simulation;
        this.inventory = inventory;
        free.set(0, inventory.nodes());
        grantHandler = simulation.register((now, argument) -> grant(now));
        inventory.addListener((part, before, speed) -> grantSoon());
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
        while (!queue.isEmpty()) {
            int[] nodes = usable(queue.getFirst().nodes);
            if (nodes.length < queue.getFirst().nodes) {
                return;
            }
            Request request = queue.removeFirst();
            for (int node : nodes) {
                free.clear(node);
            }
            request.listener.onGranted(nowNanos, request.number, nodes);
        }
    }

    /** The first free nodes that work, at most {@code count}. */
    private int[] usable(int count) {
        int[] nodes = new int[count];
        int found = 0;
        for (int node = free.nextSetBit(0); node >= 0 && found < count; node = free.nextSetBit(node + 1)) {
            if (inventory.isUsable(node)) {
                nodes[found++] = node;
            }
        }
        return found == count ? nodes : Arrays.copyOf(nodes, found);
    }

    /** Nodes that nobody has and that work. */
    public int freeNodes() {
        int usable = 0;
        for (int node = free.nextSetBit(0); node >= 0; node = free.nextSetBit(node + 1)) {
            usable += inventory.isUsable(node) ? 1 : 0;
        }
        return usable;
    }

    /** Nodes that open requests wait for. */
    public int nodesAwaited() {
        return queue.stream().mapToInt(Request::nodes).sum();
    }
}
