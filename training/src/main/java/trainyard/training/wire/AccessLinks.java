package trainyard.training.wire;

import java.util.Map;

/**
 * What each worker has between it and the network, such as a home connection or the link of a site.
 *
 * @param upBytesPerSecond from a worker, positive
 * @param downBytesPerSecond to a worker, positive
 * @param latencySeconds of each message, 0 or more
 * @param slower factor by which the link of a worker is slower both ways, such as 10; workers not named have 1
 */
public record AccessLinks(
        double upBytesPerSecond, double downBytesPerSecond, double latencySeconds, Map<Integer, Double> slower) {

    public AccessLinks {
        slower = Map.copyOf(slower);
        if (!(upBytesPerSecond > 0 && downBytesPerSecond > 0 && latencySeconds >= 0)) {
            throw new IllegalArgumentException("access links need positive rates and no negative latency");
        }
        if (slower.values().stream().anyMatch(factor -> !(factor > 0))) {
            throw new IllegalArgumentException("a factor of slow links must be positive: " + slower);
        }
    }

    /** Time that a message takes the link from a worker, without its latency. */
    public double upSeconds(int worker, double bytes) {
        return bytes / upBytesPerSecond * slower.getOrDefault(worker, 1.0);
    }

    /** Time that a message takes the link to a worker, without its latency. */
    public double downSeconds(int worker, double bytes) {
        return bytes / downBytesPerSecond * slower.getOrDefault(worker, 1.0);
    }
}
