package trainyard.parallel.plan;

/** What the backward pass computes again instead of keeping it (activation checkpointing). */
public enum Recompute {
    NONE,
    /** The attention core only (Korthikanti et al. 2022, section 5). */
    SELECTIVE,
    /** The whole layer from its input. */
    FULL
}
