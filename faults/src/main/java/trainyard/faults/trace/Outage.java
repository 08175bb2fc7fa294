package trainyard.faults.trace;

/**
 * A node that cannot be used for a while.
 *
 * @param node number of the node in its trace, from 0
 * @param startSeconds start, from the origin of the trace
 * @param endSeconds end, not before the start
 * @param cause class of what was wrong, as the source puts it
 */
public record Outage(int node, double startSeconds, double endSeconds, String cause) {

    public Outage {
        if (!(node >= 0 && startSeconds >= 0 && endSeconds >= startSeconds && endSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("an outage of node " + node + " from " + startSeconds + " s to "
                    + endSeconds + " s is no interval of time");
        }
    }

    public double seconds() {
        return endSeconds - startSeconds;
    }
}
