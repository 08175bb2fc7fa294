package trainyard.scheduler.scale;

/**
 * What an autoscaler did.
 *
 * @param orders nodes ordered
 * @param returns nodes given back
 * @param thrashes of the orders, those of nodes given back so short a time before that to keep them would have spared the
 *     start: less than the time until a node is there and the time for which it has to be idle
 */
public record ScalingTally(int orders, int returns, int thrashes) {

    /** There was no autoscaler. */
    public static final ScalingTally NONE = new ScalingTally(0, 0, 0);

    /** What both did. */
    public ScalingTally plus(ScalingTally other) {
        return new ScalingTally(orders + other.orders, returns + other.returns, thrashes + other.thrashes);
    }
}
