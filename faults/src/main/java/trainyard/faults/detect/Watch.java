package trainyard.faults.detect;

/**
 * What a detector is given to watch.
 *
 * @param nodes nodes under watch, at least 1
 * @param crashes nodes that crash meanwhile, spread evenly over the time with a random offset each; 0 or more. A crashed node
 *     comes back once the crash is noticed
 * @param nanos how long it is watched, above 0
 */
public record Watch(int nodes, int crashes, long nanos) {

    public Watch {
        if (nodes < 1 || crashes < 0 || nanos < 1) {
            throw new IllegalArgumentException(
                    "a watch needs nodes, crashes and time, got " + nodes + ", " + crashes + " and " + nanos + " ns");
        }
    }

    /** When a crash comes: somewhere in its share of the time. */
    long crashNanos(int crash, double uniform) {
        return (long) ((crash + uniform) * ((double) nanos / crashes));
    }
}
