package trainyard.parallel.model.transformer;

/** How a model learns where a token stands. */
public enum PositionEncoding {
    /** A table with one row per position, added to the token embedding (Vaswani et al. 2017; GPT-2). */
    LEARNED,
    /** Queries and keys are rotated by their position in every layer (Su et al. 2021). */
    ROTARY,
    /**
     * The same with results scaled by a constant, so that attention stays as sharp over longer sequences (YaRN: Peng et al.
     * 2023, section 3.4, 0.1 ln s + 1 for sequences s times as long).
     */
    SCALED_ROTARY,
    /** A bias on the attention scores that grows with distance (Press et al. 2022); no parameters. */
    ALIBI,
    /** A learned bias per head and bucket of distances, added to the scores (T5: Raffel et al. 2020). */
    RELATIVE_BIAS,
    NONE
}
