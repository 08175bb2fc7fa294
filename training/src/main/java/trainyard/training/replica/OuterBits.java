package trainyard.training.replica;

/** Number format of outer gradients on the wire; sums are kept in full. */
public enum OuterBits {
    /** As they are. */
    FP32(32),
    /** The upper half of a 32-bit number: 8 bits of precision. */
    BF16(16),
    /**
     * Sign and three bits of exponent without mantissa (E3M0 of Streaming DiLoCo): zero and seven powers of two down from the
     * power next to the greatest magnitude of the fragment. That the scale is of a fragment is *assumed*.
     */
    FP4(4);

    private static final int POWERS = 7;
    private static final int BF16_FRACTION_BITS = 7;

    private final int bits;

    OuterBits(int bits) {
        this.bits = bits;
    }

    /** Bits of a value. */
    public int bits() {
        return bits;
    }

    /** Rounds values in place, each to the nearest that the format has. */
    void round(double[] values) {
        switch (this) {
            case FP32 -> {}
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    double step = Math.scalb(1.0, Math.getExponent(values[i]) - BF16_FRACTION_BITS);
                    values[i] = step == 0 ? 0 : Math.rint(values[i] / step) * step;
                }
            }
            case FP4 -> roundToPowers(values);
        }
    }

    private static void roundToPowers(double[] values) {
        double greatest = 0;
        for (double value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        if (greatest == 0) {
            return;
        }
        double top = nearestPower(greatest);
        double least = Math.scalb(top, 1 - POWERS);
        for (int i = 0; i < values.length; i++) {
            double magnitude = Math.abs(values[i]);
            double rounded = magnitude < least ? (magnitude < least / 2 ? 0 : least) : nearestPower(magnitude);
            values[i] = Math.copySign(rounded, values[i]);
        }
    }

    private static double nearestPower(double magnitude) {
        double below = Math.scalb(1.0, Math.getExponent(magnitude));
        return magnitude < 1.5 * below ? below : 2 * below;
    }
}
