package trainyard.training.replay;

import java.util.Locale;

/** Format of the operands of matrix products and of the products of their elements. Sums are of single precision. */
public enum MatrixMath {
    /** Single precision throughout. */
    FP32(4),
    /** Single precision in memory, 10 bits of mantissa in the products. */
    TF32(4),
    /** 16-bit operands with 8 bits of mantissa. */
    BF16(2);

    private final int operandBytes;

    MatrixMath(int operandBytes) {
        this.operandBytes = operandBytes;
    }

    /** Bytes of an element of an operand. */
    public int operandBytes() {
        return operandBytes;
    }

    /** The word of samples and profiles. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
