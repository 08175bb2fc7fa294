package trainyard.parallel.plan;

/** Which layers are computed again, as {@code --recompute-method} of Megatron-LM (transformer_block.py) says. */
public enum RecomputeMethod {
    /** All, in groups of which only the first layer's input is kept; a group is computed again at once. */
    UNIFORM,
    /** The first layers of each chunk; the others keep everything. */
    BLOCK
}
