package trainyard.parallel.plan;

/**
 * How much is learned from in one step.
 *
 * @param global sequences of one optimizer step over all ranks
 * @param micro sequences of one micro-batch on one data-parallel rank
 * @param sequence tokens of a sequence
 */
public record Batch(int global, int micro, int sequence) {

    public Batch {
        if (global < 1 || micro < 1 || sequence < 1) {
            throw new IllegalArgumentException("batch sizes must be positive, got global " + global + ", micro " + micro
                    + ", sequence " + sequence);
        }
    }

    /** The same with sequences of another length. */
    public Batch withSequence(int tokens) {
        return new Batch(global, micro, tokens);
    }

    /** Tokens of one step. */
    public double tokens() {
        return (double) global * sequence;
    }
}
