package trainyard.parallel.condition;

import java.util.HashMap;
import java.util.Map;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.topology.Link;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.Vertex;
import trainyard.sim.topology.VertexKind;

/**
 * What is left of the links of each node. A slow port slows every ring that passes the node; the traffic of a port that is
 * down goes over the others (assumed: NCCL with failover, or a bonded port), so that all of them together carry less. The
 * uplinks of a leaf are shared by all flows, so what is left of all together counts.
 */
final class NodeLinks {

    private final LinkState state;
    private final Topology topology;
    private final Map<Integer, Double> ports = new HashMap<>();
    private final Map<Integer, Double> scaleUp = new HashMap<>();
    private final Map<Integer, Double> uplinks = new HashMap<>();

    NodeLinks(LinkState state) {
        this.state = state;
        this.topology = state.topology();
        if (!state.allHealthy()) {
            read();
        }
    }

    private void read() {
        Map<Integer, double[]> portCount = new HashMap<>();
        Map<Integer, double[]> leafCount = new HashMap<>();
        Map<Integer, Integer> leafOfNode = new HashMap<>();
        for (int id = 0; id < topology.links(); id++) {
            Link link = topology.link(id);
            Vertex from = topology.vertex(link.from());
            double factor = state.factor(id);
            if (link.kind() == LinkKind.NIC_PORT && from.kind() == VertexKind.NIC) {
                count(portCount, from.node(), factor);
                leafOfNode.putIfAbsent(from.node(), link.to());
            } else if (link.kind() == LinkKind.SCALE_UP && from.node() != Vertex.NO_NODE) {
                scaleUp.merge(from.node(), factor, Math::min);
            } else if (link.kind() == LinkKind.LEAF_SPINE && from.kind() == VertexKind.LEAF) {
                count(leafCount, link.from(), factor);
            }
        }
        portCount.forEach((node, seen) -> ports.put(node, seen[2] * seen[1] / seen[0]));
        leafOfNode.forEach((node, leaf) -> {
            double[] seen = leafCount.get(leaf);
            if (seen != null) {
                uplinks.put(node, seen[3] / seen[0]);
            }
        });
    }

    /** Counts links, those that are up, the least share of those, and the sum of all shares. */
    private static void count(Map<Integer, double[]> counts, int key, double factor) {
        double[] seen = counts.computeIfAbsent(key, k -> new double[] {0, 0, 1, 0});
        seen[0]++;
        seen[1] += factor > 0 ? 1 : 0;
        seen[2] = factor > 0 ? Math.min(seen[2], factor) : seen[2];
        seen[3] += factor;
    }

    LinkShares ofGpu(int gpu) {
        int node = topology.nodeOf(gpu);
        return new LinkShares(
                scaleUp.getOrDefault(node, 1.0), ports.getOrDefault(node, 1.0), uplinks.getOrDefault(node, 1.0));
    }
}
