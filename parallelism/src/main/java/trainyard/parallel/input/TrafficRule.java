package trainyard.parallel.input;

import java.util.OptionalDouble;

/**
 * What one class of traffic gets of a shared storage.
 *
 * @param weight its part beside other classes that have something to transfer; empty where every stream counts the same,
 *     whatever its class
 * @param limitBytesPerSecond most that it gets; infinite where there is no limit
 * @param streamBytesPerSecond most that one of its streams gets, which is the network of its client
 */
public record TrafficRule(OptionalDouble weight, double limitBytesPerSecond, double streamBytesPerSecond) {

    public TrafficRule {
        if (weight.isPresent() && !(weight.getAsDouble() > 0)
                || !(limitBytesPerSecond > 0)
                || !(streamBytesPerSecond > 0)) {
            throw new IllegalArgumentException("weight and limits must be above 0, got " + weight + ", "
                    + limitBytesPerSecond + ", " + streamBytesPerSecond);
        }
    }

    /** No rule but the network of the client. */
    public static TrafficRule fair(double streamBytesPerSecond) {
        return new TrafficRule(OptionalDouble.empty(), Double.POSITIVE_INFINITY, streamBytesPerSecond);
    }

    double weight(long streams) {
        return weight.orElse(streams);
    }

    /** The most that so many streams get together. */
    double limit(long streams) {
        return Math.min(limitBytesPerSecond, streams * streamBytesPerSecond);
    }
}
