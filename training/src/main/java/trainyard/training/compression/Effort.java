package trainyard.training.compression;

/**
 * Work of a device, so that a clock can charge it.
 *
 * @param bytes of device memory that are read or written
 * @param flops floating-point operations
 */
public record Effort(double bytes, double flops) {

    /** None at all. */
    public static final Effort NONE = new Effort(0, 0);

    /** Both, one after the other. */
    public Effort plus(Effort other) {
        return new Effort(bytes + other.bytes, flops + other.flops);
    }
}
