package trainyard.parallel.length;

/** What one micro-batch of sequences of one padded length costs. Same question, same answer. */
public interface MicroBatchCost {

    /**
     * Peak memory of the GPU that needs most.
     *
     * @param sequences sequences in it
     * @param tokens padded length
     */
    double peakBytes(int sequences, int tokens);

    /** Time that it adds to a step; arguments as for {@link #peakBytes}. */
    double seconds(int sequences, int tokens);
}
