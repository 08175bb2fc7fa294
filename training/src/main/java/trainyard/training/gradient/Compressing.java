package trainyard.training.gradient;

import trainyard.training.compression.Compression;
import trainyard.training.compression.Effort;

/**
 * How workers make smaller what they send, and how fast.
 *
 * @param kind what is left of a message
 * @param hasFeedback whether workers remember what was lost and add it to the next message
 * @param memoryBytesPerSecond memory bandwidth of the devices, positive; infinite: moving is free
 * @param flopsPerSecond rate of the devices, positive; infinite: arithmetic is free
 */
public record Compressing(Compression kind, boolean hasFeedback, double memoryBytesPerSecond, double flopsPerSecond) {

    public Compressing {
        if (!(memoryBytesPerSecond > 0 && flopsPerSecond > 0)) {
            throw new IllegalArgumentException("rates of devices must be positive");
        }
    }

    /** One that takes no time. */
    public static Compressing free(Compression kind, boolean hasFeedback) {
        return new Compressing(kind, hasFeedback, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Time of an effort: moving and arithmetic overlap, so the longer of the two (roofline). */
    public double seconds(Effort effort) {
        return Math.max(effort.bytes() / memoryBytesPerSecond, effort.flops() / flopsPerSecond);
    }
}
