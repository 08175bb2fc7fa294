package trainyard.parallel.plan;

/** What the backward pass computes again instead of keeping it (activation checkpointing). */
public enum Recompute {
    NONE,
    /** The attention core only (Korthikanti et al. 2022, section 5). */
    SELECTIVE,
    /**
     * All but attention and the results of every second product with weights (torchtitan, parallelize_llama.py,
     * selective_ac_option {@code op}).
     */
    OPERATORS,
    /** The whole layer from its input. */
    FULL
}
