package trainyard.training.gradient;

/** Clipping of a gradient by its norm (Pascanu, Mikolov and Bengio 2013): {@code g min(1, c / |g|)}. */
final class NormClipping {

    private NormClipping() {}

    /**
     * Clips a gradient in place.
     *
     * @param limit c, positive
     */
    static void clip(double[] gradient, double limit) {
        double square = 0;
        for (double value : gradient) {
            square += value * value;
        }
        double norm = Math.sqrt(square);
        if (norm > limit) {
            double factor = limit / norm;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }
}
