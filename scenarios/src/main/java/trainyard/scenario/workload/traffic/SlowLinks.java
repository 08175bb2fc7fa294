package trainyard.scenario.workload.traffic;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.cluster.ConditionSection;
import trainyard.scenario.section.cluster.NumberRanges;
import trainyard.scenario.section.cluster.SlowLinkSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.Link;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.Vertex;
import trainyard.sim.topology.VertexKind;

/**
 * The links of a topology that {@code cluster.condition.slow-links} names, in both directions. Messages are led around a link
 * that is down, and share what is left of a slow one.
 */
final class SlowLinks {

    private final Topology topology;
    /** What is left of links that are slow, by their number, in [0, 1). */
    private final Map<Integer, Double> shares = new TreeMap<>();

    private SlowLinks(Topology topology) {
        this.topology = topology;
    }

    /**
     * @throws ScenarioException if an entry names nodes or links that are not there, or leaves a node without a link to the others
     */
    static SlowLinks of(Values cluster, Topology topology) {
        SlowLinks slow = new SlowLinks(topology);
        cluster.find(ClusterSection.CONDITION)
                .flatMap(condition -> condition.find(ConditionSection.SLOW_LINKS))
                .orElse(List.of())
                .forEach(slow::add);
        return slow;
    }

    /** Sets the health of the links of a network on this topology. */
    void apply(FlowNetwork network) {
        shares.forEach(network::setLinkFactor);
    }

    private void add(Values entry) {
        int nodes = topology.cluster().nodes();
        Set<Integer> named =
                new HashSet<>(NumberRanges.of(entry, SlowLinkSection.NODES, nodes, "nodes of the cluster"));
        SlowLinkSection.Link kind = entry.get(SlowLinkSection.LINK);
        double share = entry.get(SlowLinkSection.SHARE);
        int ports = topology.cluster().node().nics();
        if (share == 0 && (kind != SlowLinkSection.Link.PORT || ports < 2)) {
            throw wrong(
                    entry,
                    "with nothing left of its links a job does not go on",
                    "write the share that is left, above 0");
        }
        Set<Integer> leaves = leavesOf(named);
        int[] links = IntStream.range(0, topology.links())
                .filter(id -> isMeant(topology.link(id), kind, named, leaves))
                .toArray();
        if (links.length == 0) {
            throw wrong(
                    entry,
                    "these nodes have no links of kind " + ChoiceType.word(kind) + " in a network of kind "
                            + ChoiceType.word(topology.cluster().fabric().kind()),
                    "name other links, or leave it out");
        }
        for (int link : links) {
            shares.merge(link, share, Math::min);
        }
    }

    /** The leaf switches that the ports of some nodes are plugged into. */
    private Set<Integer> leavesOf(Set<Integer> nodes) {
        Set<Integer> leaves = new HashSet<>();
        for (int id = 0; id < topology.links(); id++) {
            Link link = topology.link(id);
            if (link.kind() == LinkKind.NIC_PORT && nodes.contains(node(link.from()))) {
                leaves.add(link.to());
            }
        }
        return leaves;
    }

    private boolean isMeant(Link link, SlowLinkSection.Link kind, Set<Integer> nodes, Set<Integer> leaves) {
        return switch (kind) {
            case PORT ->
                link.kind() == LinkKind.NIC_PORT && (isFirstPort(link.from(), nodes) || isFirstPort(link.to(), nodes));
            case SCALE_UP ->
                link.kind() == LinkKind.SCALE_UP
                        && (nodes.contains(node(link.from())) || nodes.contains(node(link.to())));
            case UPLINKS ->
                link.kind() == LinkKind.LEAF_SPINE && (leaves.contains(link.from()) || leaves.contains(link.to()));
        };
    }

    private boolean isFirstPort(int id, Set<Integer> nodes) {
        Vertex vertex = topology.vertex(id);
        return vertex.kind() == VertexKind.NIC && vertex.index() == 0 && nodes.contains(vertex.node());
    }

    private int node(int id) {
        return topology.vertex(id).node();
    }

    private static ScenarioException wrong(Values entry, String message, String hint) {
        return new ScenarioException(Problem.at(entry.position(), Problem.Kind.VALUE, message, hint));
    }
}
