package trainyard.parallel.model;

/**
 * How the kernels between the products of a layer run, as far as it changes the bytes that they move.
 *
 * @param biasApart whether the bias of queries, keys and values is added by a kernel of its own; else within the product
 * @param geluSteps whether the fused kernel of bias and GELU writes its intermediate values too, which nobody reads
 * @param residualBiasApart whether the bias before dropout and residual addition is added by a kernel of its own
 * @param compiledGelu whether a compiler makes the kernels of GELU from a script of elementary operations
 * @param gateAgain whether the gradient of an activation with a gate yields its result once more, so that it need not be
 *     kept
 * @param scaledRotaryApart whether rotations that are scaled run as elementary operations
 * @param complexRotary whether queries and keys are cast to complex numbers of 32 bits, rotated and cast back
 * @param repeatedKeyValues whether keys and values are written out for every query head before attention
 * @param mergedParts whether attention to each context rank's part is merged with that to the others by kernels of its own
 */
public record ElementKernels(
        boolean biasApart,
        boolean geluSteps,
        boolean residualBiasApart,
        boolean compiledGelu,
        boolean gateAgain,
        boolean scaledRotaryApart,
        boolean complexRotary,
        boolean repeatedKeyValues,
        boolean mergedParts) {

    /** Biases within the product or the kernel behind it, and nothing written that nobody reads. */
    public static final ElementKernels PLAIN =
            new ElementKernels(false, false, false, false, false, false, false, false, false);

    /**
     * Values that the forward pass of GELU by elementary operations gives to automatic differentiation, {@code
     * x 0.5 (1 + tanh(0.798 x (1 + 0.0447 x x)))} with x = bias + y: x, 0.5 x, 0.798 x, 0.0447 x, both sums in brackets and
     * the hyperbolic tangent.
     */
    private static final int GELU_STEPS = 7;

    /** Bytes that GELU writes forward beside its result of so many bytes. */
    public double geluStepBytes(double result) {
        return geluSteps ? GELU_STEPS * result : 0;
    }
}
