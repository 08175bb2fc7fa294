package trainyard.parallel.model;

/**
 * How the products of a mixture's experts run on a rank.
 *
 * @param fused whether each product adds biases, applies the activation and the router's weights, and yields its result in the
 *     format of the next product (Transformer Engine, ops/fused/forward_grouped_mlp.py and backward_grouped_mlp.py, pull
 *     request 2769; for MXFP8 and SwiGLU only)
 * @param padded whether the rows of an expert that is not fused are copied to where a number of them that the format can
 *     multiply lie together, and their results back (Transformer Engine, module/fp8_padding.py: 32 rows in MXFP8, 16 in FP8)
 */
public record ExpertKernels(boolean fused, boolean padded) {

    /** A grouped product each, with what lies between them in kernels of its own. */
    public static final ExpertKernels PLAIN = new ExpertKernels(false, false);

    /** Those of experts with or without a gate; without one they are not fused, whatever else is. */
    public ExpertKernels of(boolean gated) {
        boolean joined = fused && gated;
        return new ExpertKernels(joined, padded && !joined);
    }
}
