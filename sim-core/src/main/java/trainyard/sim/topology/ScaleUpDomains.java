package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.NodeSpec;

/**
 * Scale-up switches that join several nodes, such as the NVLink switches of an NVL72 rack. Each node's own switch stands
 * for its share of the domain's switches, so a cable of the capacity of all its GPUs and no latency joins it to the
 * domain's; GPUs of different nodes then reach each other just as those of one node do, at their full link rate.
 */
final class ScaleUpDomains {

    private final ClusterSpec cluster;
    private final NodeTemplate template;
    private final int nodesPerDomain;
    private int firstLink;

    ScaleUpDomains(ClusterSpec cluster, NodeTemplate template) {
        this.cluster = cluster;
        this.template = template;
        nodesPerDomain = cluster.node().scaleUpNodes();
    }

    /** Adds the switch of each domain and its cables; nothing where scale-up links stay within a node. */
    void build(TopologyBuilder builder, TopologyOptions options) {
        firstLink = builder.links();
        if (nodesPerDomain == 1) {
            return;
        }
        NodeSpec node = cluster.node();
        double bytesPerSecond = node.gpus() * node.gpu().scaleUpBytesPerSecond() * options.scaleUpAchievedFraction();
        int domain = 0;
        for (int i = 0; i < cluster.nodes(); i++) {
            if (i % nodesPerDomain == 0) {
                domain = builder.addVertex(VertexKind.SCALE_UP_SWITCH, Vertex.NO_NODE, i / nodesPerDomain);
            }
            int own = i * template.vertices() + template.scaleUpSwitch();
            builder.addCable(own, domain, LinkKind.SCALE_UP, bytesPerSecond, 0);
        }
    }

    /** Writes the links from a node's scale-up switch to that of another node of the same domain. */
    int route(int fromNode, int toNode, int[] into, int at) {
        into[at] = firstLink + 2 * fromNode;
        into[at + 1] = firstLink + 2 * toNode + 1;
        return at + 2;
    }
}
