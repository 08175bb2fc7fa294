package trainyard.scheduler.outage;

import trainyard.scheduler.outage.NodeOutage.Kind;

/** Every node is serviced in turn, some at a time, and when all have been it begins again. */
public final class RollingMaintenance implements NodeOutages {

    private final int nodes;
    private final int atOnce;
    private final long everyNanos;
    private final long noticeNanos;
    private final long lengthNanos;
    private int node;
    private long nextNanos;

    /**
     * @param nodes of the cluster, at least 1
     * @param atOnce nodes serviced together, at least 1
     * @param firstNanos when the first notice is given
     * @param everyNanos from one notice to the next, at least 1
     * @param noticeNanos for which nodes drain, 0 or more
     * @param lengthNanos for which they are away, 0 or more
     */
    public RollingMaintenance(
            int nodes, int atOnce, long firstNanos, long everyNanos, long noticeNanos, long lengthNanos) {
        if (nodes < 1 || atOnce < 1 || firstNanos < 0 || everyNanos < 1) {
            throw new IllegalArgumentException("no maintenance of " + atOnce + " of " + nodes + " nodes at once from "
                    + firstNanos + " ns on every " + everyNanos + " ns");
        }
        this.nodes = nodes;
        this.atOnce = atOnce;
        this.everyNanos = everyNanos;
        this.noticeNanos = noticeNanos;
        this.lengthNanos = lengthNanos;
        nextNanos = firstNanos;
    }

    @Override
    public long nextNanos() {
        return nextNanos;
    }

    @Override
    public NodeOutage take() {
        int end = Math.min(nodes, node + atOnce);
        NodeOutage taken = NodeOutage.announced(Kind.MAINTENANCE, nextNanos, node, end, noticeNanos, lengthNanos);
        node = end == nodes ? 0 : end;
        nextNanos = Math.addExact(nextNanos, everyNanos);
        return taken;
    }
}
