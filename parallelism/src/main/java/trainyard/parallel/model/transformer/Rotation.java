package trainyard.parallel.model.transformer;

import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.Indexed;
import trainyard.parallel.model.Shard;

/** Rotation of queries and keys by their positions. */
final class Rotation {

    /**
     * By elementary operations, for each value: products with repeated cosines and sines, the negation of a strided half and the
     * joining of halves are found by index, 3.5 forward; backward as many, products, negation and joining of the gradients of
     * halves (Megatron-Core 0.14, rope_utils.py, _apply_rotary_pos_emb_bshd and _rotate_half).
     */
    private static final double INDEXED = 3.5;

    /** Whole values read and written besides, forward: the sum of both products 3, the joining with what is not rotated 2. */
    private static final double FORWARD_VALUES = 5;

    /**
     * Backward: the sum of both gradients 3, gradients of the rotated part 3 and of the empty rest 1, each cut from zeros that are
     * filled first, and their sum 3 (PyTorch, slice_backward).
     */
    private static final double BACKWARD_VALUES = 10;

    /** Kernels for queries or keys: six for the sines and cosines, scaled and cast, and seven; backward eleven. */
    private static final int FORWARD_KERNELS = 2 * 13;

    private static final int BACKWARD_KERNELS = 2 * 11;

    /** Bytes of a real number in complex arithmetic. */
    private static final double COMPLEX_PART_BYTES = 4;

    private Rotation() {}

    /**
     * The operator, as the software of a rank runs it: in complex numbers, by elementary operations where the rotation is scaled,
     * else by one kernel each for queries and keys.
     *
     * @param values elements of queries and keys that are rotated
     */
    static Operator of(double values, PositionEncoding encoding, Shard shard) {
        double bytes = shard.precision().bytes();
        if (shard.elements().complexRotary()) {
            return complex(values, bytes);
        }
        boolean scaled = encoding == PositionEncoding.SCALED_ROTARY;
        return scaled && shard.elements().scaledRotaryApart() ? elementary(values, bytes) : fused(values, bytes);
    }

    private static Operator fused(double values, double bytes) {
        double moved = 2 * bytes * values;
        return new Operator.Streaming("rotary", moved, moved, 2, 2, false, 0);
    }

    /** Values are cast, multiplied as complex numbers and cast back, each by a kernel of its own. */
    private static Operator complex(double values, double bytes) {
        double moved = values * 2 * (bytes + 2 * COMPLEX_PART_BYTES);
        return new Operator.Streaming("rotary", moved, moved, 2 * 3, 2 * 3, false, 0);
    }

    private static Operator elementary(double values, double bytes) {
        return new Operator.Streaming(
                        "rotary",
                        FORWARD_VALUES * bytes * values,
                        BACKWARD_VALUES * bytes * values,
                        FORWARD_KERNELS,
                        BACKWARD_KERNELS,
                        false,
                        0)
                .with(new Indexed(INDEXED * values, INDEXED * values));
    }
}
