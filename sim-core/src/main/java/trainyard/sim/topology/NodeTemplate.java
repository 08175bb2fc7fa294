package trainyard.sim.topology;

import java.util.List;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import trainyard.sim.hardware.NodeSpec;

/**
 * The inside of one node, built and searched once and then copied for every node of the cluster: link {@code i} of the
 * template is link {@code node * links() + i} of the topology.
 *
 * <p>Each node has PCIe switches below one host bridge, as many as it has GPUs or network ports, whichever is fewer;
 * GPUs and ports are divided among them in order. The {@link NodeWiring} adds the scale-up links.
 */
final class NodeTemplate {

    private final TopologyBuilder builder = new TopologyBuilder();
    private final int[] gpus;
    private final int[] nics;
    private final int[] hostSwitches;

    /** First network port on the PCIe switch of each GPU. */
    private final int[] firstNic;

    /** Local links from one local vertex to another, {@code [from][to]}; filled for GPUs and NICs. */
    private final int[][][] routes;

    /** Local vertex of the scale-up switch, -1 in a node without one, and the local links of each GPU to and from it. */
    private final int scaleUpSwitch;

    private final int[][] toSwitch;
    private final int[][] fromSwitch;

    NodeTemplate(NodeSpec node, TopologyOptions options) {
        gpus = new int[node.gpus()];
        nics = new int[node.nics()];
        hostSwitches = new int[Math.max(1, Math.min(node.gpus(), node.nics()))];
        addDevices();
        addPcie(node, options);
        NodeWiring.of(node).join(builder, node, gpus, options);
        routes = searchRoutes();
        scaleUpSwitch = List.of(builder.vertexTable().kind()).indexOf(VertexKind.SCALE_UP_SWITCH);
        toSwitch = new int[gpus.length][];
        fromSwitch = new int[gpus.length][];
        if (scaleUpSwitch >= 0) {
            searchSwitch();
        }
        firstNic = IntStream.range(0, gpus.length).map(this::searchFirstNic).toArray();
    }

    private void addDevices() {
        addAll(gpus, VertexKind.GPU);
        addAll(nics, VertexKind.NIC);
        addAll(hostSwitches, VertexKind.PCIE_SWITCH);
    }

    private void addAll(int[] ids, VertexKind kind) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] = builder.addVertex(kind, 0, i);
        }
    }

    private void addPcie(NodeSpec node, TopologyOptions options) {
        int hostBridge = builder.addVertex(VertexKind.HOST_BRIDGE, 0, 0);
        double bytesPerSecond = node.pcieBytesPerSecond();
        double halfLatencySeconds = options.pcieLatencySeconds() / 2;
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            int pcieSwitch = hostSwitches[switchOf(gpu, gpus.length)];
            builder.addCable(gpus[gpu], pcieSwitch, LinkKind.PCIE, bytesPerSecond, halfLatencySeconds);
        }
        for (int nic = 0; nic < nics.length; nic++) {
            int pcieSwitch = hostSwitches[switchOf(nic, nics.length)];
            builder.addCable(pcieSwitch, nics[nic], LinkKind.PCIE, bytesPerSecond, 0);
        }
        for (int pcieSwitch : hostSwitches) {
            builder.addCable(pcieSwitch, hostBridge, LinkKind.PCIE, bytesPerSecond, halfLatencySeconds);
        }
    }

    private int switchOf(int index, int count) {
        return (int) ((long) index * hostSwitches.length / count);
    }

    private int[][][] searchRoutes() {
        Graph<Integer, Link> graph = TopologyGraph.of(builder.vertices(), builder.linkTable(), link -> true);
        var search = new DijkstraShortestPath<>(graph);
        int ends = gpus.length + nics.length;
        int[][][] found = new int[ends][ends][];
        for (int from = 0; from < ends; from++) {
            var paths = search.getPaths(from);
            for (int to = 0; to < ends; to++) {
                found[from][to] = links(paths.getPath(to));
            }
        }
        return found;
    }

    private void searchSwitch() {
        var search =
                new DijkstraShortestPath<>(TopologyGraph.of(builder.vertices(), builder.linkTable(), link -> true));
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            toSwitch[gpu] = links(search.getPath(gpus[gpu], scaleUpSwitch));
            fromSwitch[gpu] = links(search.getPath(scaleUpSwitch, gpus[gpu]));
        }
    }

    private int searchFirstNic(int gpu) {
        int pcieSwitch = switchOf(gpu, gpus.length);
        return (int) (((long) pcieSwitch * nics.length + hostSwitches.length - 1) / hostSwitches.length);
    }

    private static int[] links(GraphPath<Integer, Link> path) {
        List<Link> edges = path.getEdgeList();
        return edges.stream().mapToInt(Link::id).toArray();
    }

    TopologyBuilder builder() {
        return builder;
    }

    int links() {
        return builder.links();
    }

    int vertices() {
        return builder.vertices();
    }

    /** Local links between two GPUs of the node. */
    int[] gpuToGpu(int from, int to) {
        return routes[from][to];
    }

    int[] gpuToNic(int gpu, int nic) {
        return routes[gpu][gpus.length + nic];
    }

    int[] nicToGpu(int nic, int gpu) {
        return routes[gpus.length + nic][gpu];
    }

    /** Vertex of the node's scale-up switch; only for nodes that have one. */
    int scaleUpSwitch() {
        return scaleUpSwitch;
    }

    int[] gpuToSwitch(int gpu) {
        return toSwitch[gpu];
    }

    int[] switchToGpu(int gpu) {
        return fromSwitch[gpu];
    }

    /** First network port on the PCIe switch of a GPU; a node without ports has none. */
    int firstNicOf(int gpu) {
        return firstNic[gpu];
    }

    /** Network ports that a GPU can use without crossing the host bridge. */
    int nicsPerGpu() {
        return nics.length / hostSwitches.length;
    }
}
