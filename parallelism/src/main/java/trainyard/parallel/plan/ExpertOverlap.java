package trainyard.parallel.plan;

/** What runs beside the exchange of tokens with the experts. */
public enum ExpertOverlap {
    /** Nothing. */
    NONE,
    /** The shared experts of the same tokens (Megatron-Core, {@code --moe-shared-expert-overlap}). */
    SHARED_EXPERT,
    /**
     * The passes of another micro-batch in the other direction (DeepSeek-V3, section 3.2.1; Megatron-Core, {@code
     * --overlap-moe-expert-parallel-comm}).
     */
    MICRO_BATCHES
}
