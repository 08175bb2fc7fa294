package trainyard.parallel.plan;

/**
 * Parts of a transformer layer that the backward pass may compute again by themselves, as {@code --recompute-modules} of
 * Megatron-Core names them (transformer_config.py, 0.14). {@code LAYERNORM}, {@code MOE_ACT} and {@code MLA_UP_PROJ} keep
 * their input and drop their result; the others drop everything but their input.
 */
public enum RecomputeModule {
    /** The attention core: scores, softmax, dropout and their product with the values. */
    CORE_ATTN,
    /** The activation of routed experts. */
    MOE_ACT,
    /** The norms before attention and before the MLP. */
    LAYERNORM,
    /** Projections of latent attention up to queries, keys and values, with their rotation. */
    MLA_UP_PROJ,
    /** A dense MLP. */
    MLP,
    /** A mixture of experts from the router to the sum, with its exchanges and shared experts. */
    MOE,
    /** The shared experts of a mixture. */
    SHARED_EXPERTS
}
