package trainyard.training.replay;

import java.util.Locale;

/** What is done with the windows of images. */
public enum WindowOp {
    /** Writes each window as a row, so that a convolution is one matrix product. */
    IM2COL,
    /** Adds each row back to its window. */
    COL2IM,
    /** The largest value of each window. */
    MAX_POOL,
    /** Hands the gradient of each window to its largest value. */
    MAX_POOL_GRADIENT;

    /** The word of traces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
