package trainyard.training.replay;

import java.util.Locale;

/** What is done with the rows of a matrix. */
public enum RowOp {
    /** Adds the same vector to each row. */
    ADD_BIAS,
    /** Sum of the rows. */
    COLUMN_SUM,
    /** exp of each element over the sum of its row. */
    SOFTMAX;

    /** The word of traces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
