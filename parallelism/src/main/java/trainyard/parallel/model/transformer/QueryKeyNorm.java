package trainyard.parallel.model.transformer;

/** Whether and how queries and keys are normalised before they meet. */
public enum QueryKeyNorm {
    NONE,
    /** Each head, without a scale (Llama 4). */
    PLAIN,
    /** Each head, with one scale that all heads share (Qwen3, Gemma 3). */
    EACH_HEAD,
    /** With a scale for each element of each head (Command R+), or over all heads at once (OLMo 2). */
    ALL_HEADS;

    /**
     * Parameters on a rank.
     *
     * @param headSize elements of a head
     * @param query elements of the queries of the rank
     * @param key of its keys
     */
    double parameters(int headSize, double query, double key) {
        return switch (this) {
            case NONE, PLAIN -> 0;
            case EACH_HEAD -> 2.0 * headSize;
            case ALL_HEADS -> query + key;
        };
    }
}
