package trainyard.scheduler.outage;

import java.util.Objects;

/**
 * Nodes that are not there for some time.
 *
 * @param nanos when it is known
 * @param kind what happens
 * @param firstNode first node
 * @param endNode node behind the last one
 * @param noticeNanos from then until the nodes go: they take no new job, and jobs on them may save; 0 without notice
 * @param stuckNanos from the moment at which jobs on them stand still until somebody notices; 0 where it is noticed at once
 * @param takesNodes whether the nodes go, or only the jobs on them fail
 * @param awayNanos from when they are gone, or a repair crew has them, until they are back
 */
public record NodeOutage(
        long nanos,
        Kind kind,
        int firstNode,
        int endNode,
        long noticeNanos,
        long stuckNanos,
        boolean takesNodes,
        long awayNanos) {

    /** Why nodes go. */
    public enum Kind {
        /** They break; a repair crew brings them back. */
        FAULT,
        /** Planned work on them. */
        MAINTENANCE,
        /** Who lends them wants them back. */
        RECLAIM
    }

    public NodeOutage {
        Objects.requireNonNull(kind, "kind");
        if (nanos < 0 || firstNode < 0 || endNode < firstNode || noticeNanos < 0 || stuckNanos < 0 || awayNanos < 0) {
            throw new IllegalArgumentException(
                    "no outage of nodes " + firstNode + " to " + endNode + " at " + nanos + " ns with a notice of "
                            + noticeNanos + ", stuck for " + stuckNanos + " and away for " + awayNanos);
        }
    }

    /** Nodes that break at once. */
    public static NodeOutage fault(long nanos, int firstNode, int endNode, long repairNanos) {
        return new NodeOutage(nanos, Kind.FAULT, firstNode, endNode, 0, 0, true, repairNanos);
    }

    /** Nodes that go after a notice. */
    public static NodeOutage announced(
            Kind kind, long nanos, int firstNode, int endNode, long noticeNanos, long awayNanos) {
        return new NodeOutage(nanos, kind, firstNode, endNode, noticeNanos, 0, true, awayNanos);
    }
}
