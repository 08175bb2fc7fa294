package trainyard.faults.life.cluster;

/** Told of faults of nodes that are foretold, rightly or not. */
@FunctionalInterface
public interface WarningListener {

    /**
     * A fault of a node is foretold.
     *
     * @param untilNanos time by which it has struck if it does
     */
    void onWarning(long nowNanos, int node, long untilNanos);
}
