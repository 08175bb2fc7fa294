package trainyard.sim.topology;

import java.util.Arrays;

/**
 * Collects vertices and cables in primitive arrays. Numbers are given in the order of the calls, which is what lets a
 * regular topology compute its routes instead of searching for them.
 */
public final class TopologyBuilder {

    private VertexKind[] vertexKind = new VertexKind[64];
    private int[] vertexNode = new int[64];
    private int[] vertexIndex = new int[64];
    private int vertices;

    private LinkKind[] linkKind = new LinkKind[64];
    private int[] linkFrom = new int[64];
    private int[] linkTo = new int[64];
    private double[] linkBytesPerSecond = new double[64];
    private long[] linkLatencyNanos = new long[64];
    private int links;

    /** Adds a device and returns its number. */
    public int addVertex(VertexKind kind, int node, int index) {
        if (vertices == vertexKind.length) {
            vertexKind = Arrays.copyOf(vertexKind, 2 * vertices);
            vertexNode = Arrays.copyOf(vertexNode, 2 * vertices);
            vertexIndex = Arrays.copyOf(vertexIndex, 2 * vertices);
        }
        vertexKind[vertices] = kind;
        vertexNode[vertices] = node;
        vertexIndex[vertices] = index;
        return vertices++;
    }

    /**
     * Adds a full-duplex cable as two links: the returned number leads from {@code a} to {@code b}, the next one back.
     *
     * @param bytesPerSecond capacity per direction, positive
     * @param latencySeconds latency per direction, rounded up to whole nanoseconds
     */
    public int addCable(int a, int b, LinkKind kind, double bytesPerSecond, double latencySeconds) {
        if (!(bytesPerSecond > 0) || Double.isInfinite(bytesPerSecond)) {
            throw new IllegalArgumentException("a " + kind + " link needs a positive capacity, got " + bytesPerSecond
                    + " bytes/s; check the rates of the node");
        }
        long latencyNanos = (long) Math.ceil(latencySeconds * 1e9 - 1e-6);
        int forth = addLink(a, b, kind, bytesPerSecond, latencyNanos);
        addLink(b, a, kind, bytesPerSecond, latencyNanos);
        return forth;
    }

    private int addLink(int from, int to, LinkKind kind, double bytesPerSecond, long latencyNanos) {
        if (links == linkKind.length) {
            linkKind = Arrays.copyOf(linkKind, 2 * links);
            linkFrom = Arrays.copyOf(linkFrom, 2 * links);
            linkTo = Arrays.copyOf(linkTo, 2 * links);
            linkBytesPerSecond = Arrays.copyOf(linkBytesPerSecond, 2 * links);
            linkLatencyNanos = Arrays.copyOf(linkLatencyNanos, 2 * links);
        }
        linkKind[links] = kind;
        linkFrom[links] = from;
        linkTo[links] = to;
        linkBytesPerSecond[links] = bytesPerSecond;
        linkLatencyNanos[links] = latencyNanos;
        return links++;
    }

    /** Adds a copy of every vertex and link of {@code template}, its vertices as part of {@code node}. */
    void addCopy(TopologyBuilder template, int node) {
        int firstVertex = vertices;
        for (int v = 0; v < template.vertices; v++) {
            addVertex(template.vertexKind[v], node, template.vertexIndex[v]);
        }
        for (int l = 0; l < template.links; l++) {
            addLink(
                    firstVertex + template.linkFrom[l],
                    firstVertex + template.linkTo[l],
                    template.linkKind[l],
                    template.linkBytesPerSecond[l],
                    template.linkLatencyNanos[l]);
        }
    }

    public int vertices() {
        return vertices;
    }

    public int links() {
        return links;
    }

    /** A graph of what was added so far, for construction-time searches. */
    LinkTable linkTable() {
        return new LinkTable(
                Arrays.copyOf(linkKind, links),
                Arrays.copyOf(linkFrom, links),
                Arrays.copyOf(linkTo, links),
                Arrays.copyOf(linkBytesPerSecond, links),
                Arrays.copyOf(linkLatencyNanos, links));
    }

    VertexTable vertexTable() {
        return new VertexTable(
                Arrays.copyOf(vertexKind, vertices),
                Arrays.copyOf(vertexNode, vertices),
                Arrays.copyOf(vertexIndex, vertices));
    }
}
