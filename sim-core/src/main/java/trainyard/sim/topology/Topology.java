package trainyard.sim.topology;

import org.jgrapht.Graph;
import trainyard.sim.hardware.ClusterSpec;

/**
 * The devices and links of a cluster, immutable. GPUs are numbered through the cluster: GPU {@code j} of node {@code i}
 * is {@code i * node.gpus() + j}. Links are columns of primitive arrays, for the solver; {@link #graph()} is the same
 * as a JGraphT graph, for searches, drawings and checks.
 */
public final class Topology {

    /** Most links on a route of a healthy Clos network: three in each node, and port, spine, core and back between. */
    public static final int MAX_ROUTE_LINKS = 16;

    private static final int LINKS_INSIDE_NODES = 8;

    private final ClusterSpec cluster;
    private final NodeTemplate template;
    private final Fabric fabric;
    private final ScaleUpDomains domains;
    private final VertexTable vertices;
    private final LinkTable links;

    // Divisors of the routes, at hand for a pass over many GPUs.
    private final int gpusPerNode;
    private final int nicsPerNode;
    private final int nicsPerGpu;
    private final int nodesPerDomain;

    private Topology(
            ClusterSpec cluster,
            NodeTemplate template,
            Fabric fabric,
            ScaleUpDomains domains,
            VertexTable vertices,
            LinkTable links) {
        this.cluster = cluster;
        this.template = template;
        this.fabric = fabric;
        this.domains = domains;
        this.vertices = vertices;
        this.links = links;
        gpusPerNode = cluster.node().gpus();
        nicsPerNode = cluster.node().nics();
        nicsPerGpu = template.nicsPerGpu();
        nodesPerDomain = cluster.node().scaleUpNodes();
    }

    /** Builds with {@link TopologyOptions#DEFAULT}. */
    public static Topology build(ClusterSpec cluster) {
        return build(cluster, TopologyOptions.DEFAULT);
    }

    /**
     * Builds the topology of a cluster.
     *
     * @throws IllegalArgumentException if several nodes have no network port to reach each other, or a rate that the
     *     topology needs is not positive
     */
    public static Topology build(ClusterSpec cluster, TopologyOptions options) {
        if (cluster.nodes() > 1 && cluster.node().nics() < 1) {
            throw new IllegalArgumentException(cluster.nodes() + " nodes of type "
                    + cluster.node().name() + " cannot be joined: the node has no network port");
        }
        var builder = new TopologyBuilder();
        var template = new NodeTemplate(cluster.node(), options);
        for (int node = 0; node < cluster.nodes(); node++) {
            builder.addCopy(template.builder(), node);
        }
        var domains = new ScaleUpDomains(cluster, template);
        domains.build(builder, options);
        Fabric fabric = Fabric.of(cluster, options);
        if (cluster.nodes() > 1) {
            fabric.build(builder, nicVertices(cluster, template));
        }
        return new Topology(cluster, template, fabric, domains, builder.vertexTable(), builder.linkTable());
    }

    private static int[] nicVertices(ClusterSpec cluster, NodeTemplate template) {
        int perNode = cluster.node().nics();
        int[] nics = new int[cluster.nodes() * perNode];
        for (int nic = 0; nic < nics.length; nic++) {
            nics[nic] = nic / perNode * template.vertices() + cluster.node().gpus() + nic % perNode;
        }
        return nics;
    }

    public ClusterSpec cluster() {
        return cluster;
    }

    public int gpus() {
        return cluster.gpus();
    }

    public int vertices() {
        return vertices.size();
    }

    public int links() {
        return links.size();
    }

    public Vertex vertex(int id) {
        return vertices.row(id);
    }

    public Link link(int id) {
        return links.row(id);
    }

    /** Most links on a route while every link is up; at least {@link #MAX_ROUTE_LINKS}, to leave room for detours. */
    public int mostRouteLinks() {
        return Math.max(MAX_ROUTE_LINKS, LINKS_INSIDE_NODES + fabric.mostLinks());
    }

    /** Node that a GPU belongs to. */
    public int nodeOf(int gpu) {
        return gpu / gpusPerNode;
    }

    /** Vertex of a GPU. */
    public int gpuVertex(int gpu) {
        return gpu / gpusPerNode * template.vertices() + gpu % gpusPerNode;
    }

    /** Rate of a link, in bytes/s. */
    public double bytesPerSecond(int link) {
        return links.bytesPerSecond()[link];
    }

    /** Latency of a link, in nanoseconds. */
    public long latencyNanos(int link) {
        return links.latencyNanos()[link];
    }

    /** The topology as a directed JGraphT graph of vertex numbers, weighted with {@link LinkKind#routingCost()}. */
    public Graph<Integer, Link> graph() {
        return TopologyGraph.of(vertices(), links, link -> true);
    }

    /** As {@link #graph()}, without the links that {@code state} holds failed. */
    Graph<Integer, Link> graph(LinkState state) {
        return TopologyGraph.of(vertices(), links, state::isUp);
    }

    /**
     * Writes the links between two different GPUs, all links being up.
     *
     * @param label tells apart flows between the same GPUs, which may then take different routes
     * @param into receives the links; {@link #mostRouteLinks} places are enough
     * @return number of links
     */
    int route(int fromGpu, int toGpu, long label, int[] into) {
        int fromNode = fromGpu / gpusPerNode;
        int toNode = toGpu / gpusPerNode;
        int fromIndex = fromGpu - fromNode * gpusPerNode;
        int toIndex = toGpu - toNode * gpusPerNode;
        if (fromNode == toNode) {
            return append(template.gpuToGpu(fromIndex, toIndex), fromNode, into, 0);
        }
        if (nodesPerDomain > 1 && fromNode / nodesPerDomain == toNode / nodesPerDomain) {
            int middle = append(template.gpuToSwitch(fromIndex), fromNode, into, 0);
            middle = domains.route(fromNode, toNode, into, middle);
            return append(template.switchToGpu(toIndex), toNode, into, middle);
        }
        long hash = EcmpRouter.hash(fromGpu, toGpu, label);
        int choice = (int) (hash >>> 16 & 0xffff) % nicsPerGpu;
        int fromNic = template.firstNicOf(fromIndex) + choice;
        int toNic = template.firstNicOf(toIndex) + choice;
        int at = append(template.gpuToNic(fromIndex, fromNic), fromNode, into, 0);
        at = fabric.route(fromNode * nicsPerNode + fromNic, toNode * nicsPerNode + toNic, hash, into, at);
        return append(template.nicToGpu(toNic, toIndex), toNode, into, at);
    }

    private int append(int[] local, int node, int[] into, int at) {
        int firstLink = node * template.links();
        for (int i = 0; i < local.length; i++) {
            into[at + i] = firstLink + local[i];
        }
        return at + local.length;
    }
}
