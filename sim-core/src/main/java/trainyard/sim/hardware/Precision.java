package trainyard.sim.hardware;

/** A number format of tensors. */
public enum Precision {
    FP32(4),
    /** Stored in 32 bits, multiplied with a 10-bit mantissa on tensor cores. */
    TF32(4),
    FP16(2),
    BF16(2),
    FP8(1),
    FP4(0.5);

    private final double bytes;

    Precision(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one stored element. */
    public double bytes() {
        return bytes;
    }
}
