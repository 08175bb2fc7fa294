package trainyard.parallel.model.transformer;

/** Normalisation of the residual stream. */
public enum NormKind {
    /** Scale and shift per element (Ba et al. 2016). */
    LAYER_NORM(2),
    /** Layer norm with neither (OLMo: Groeneveld et al. 2024, section 2.1). */
    PLAIN_LAYER_NORM(0),
    /** Layer norm without the shift, as models without biases have it (MPT, no_bias). */
    SCALED_LAYER_NORM(1),
    /** Root mean square alone, with a scale (Zhang and Sennrich 2019). */
    RMS_NORM(1);

    private final int vectors;

    NormKind(int vectors) {
        this.vectors = vectors;
    }

    /** Parameters of one norm over {@code width} elements. */
    public double parameters(int width) {
        return (double) vectors * width;
    }
}
