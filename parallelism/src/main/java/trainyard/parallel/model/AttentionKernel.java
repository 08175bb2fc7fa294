package trainyard.parallel.model;

/** How softmax(Q K^T) V is computed. */
public enum AttentionKernel {
    /** Batched matrix products with a fused scale-mask-softmax kernel between them; keeps the s x s matrices. */
    FUSED_SOFTMAX,
    /** Batched matrix products with separate scale, mask and softmax kernels, each passing over the s x s matrix. */
    UNFUSED,
    /** FlashAttention (Dao et al. 2022): tiles in on-chip memory, keeps only row statistics, recomputes in backward. */
    FLASH,
    /** FlashAttention as written in Triton (flash_attn_triton.py, 2022): sums gradients of queries by atomic additions. */
    FLASH_TRITON,
    /** FlashAttention-2 (Dao 2023): better work split between warps. */
    FLASH_2,
    /** FlashAttention-3 (Shah et al. 2024), for Hopper. */
    FLASH_3,
    /** What Transformer Engine prefers: FlashAttention-2 before Hopper, cuDNN's fused attention from there on (its docs). */
    TRANSFORMER_ENGINE;

    /**
     * Whether queries, keys and values are views of one product whose gradients come back apart, so that a copy joins them
     * (llm-foundry, models/layers/attention.py, chunk of Wqkv).
     */
    public boolean joinsGradients() {
        return this == FLASH_TRITON;
    }

    public boolean keepsScores() {
        return this == FUSED_SOFTMAX || this == UNFUSED;
    }
}
