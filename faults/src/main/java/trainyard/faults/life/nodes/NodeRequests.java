package trainyard.faults.life.nodes;

import java.util.HashMap;
import java.util.Map;
import trainyard.sim.inventory.NodeSource;

/** Nodes that a job has asked for and not got yet. */
final class NodeRequests {

    private final NodeSource source;
    private final Grant onGrant;
    private final Map<Integer, Integer> nodesOfRequest = new HashMap<>();
    private int asked;

    /** Told of nodes that came. */
    @FunctionalInterface
    interface Grant {
        void granted(long nowNanos, int[] nodes);
    }

    NodeRequests(NodeSource source, Grant onGrant) {
        this.source = source;
        this.onGrant = onGrant;
    }

    /** Asks for nodes to be granted together, if their number is above 0. */
    void request(int nodes) {
        if (nodes > 0) {
            nodesOfRequest.put(source.request(nodes, this::granted), nodes);
            asked += nodes;
        }
    }

    private void granted(long nowNanos, int request, int[] nodes) {
        asked -= nodesOfRequest.remove(request);
        onGrant.granted(nowNanos, nodes);
    }

    /** Nodes of all requests together. */
    int nodes() {
        return asked;
    }

    /** Asks for nothing any more. */
    void withdraw() {
        nodesOfRequest.keySet().forEach(source::withdraw);
        nodesOfRequest.clear();
        asked = 0;
    }
}
