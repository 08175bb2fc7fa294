package trainyard.training.network;

/** The two inner loops of dense layers, over pieces of arrays, short enough for the compiler to use vector instructions. */
final class VectorLoops {
    private VectorLoops() {}

    /** Adds a multiple of one piece to another. */
    static void addScaled(double factor, double[] from, int fromOffset, double[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] += factor * from[fromOffset + i];
        }
    }

    /** Inner product of a piece with an array from its start. */
    static double dot(double[] a, int offset, double[] b, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += a[offset + i] * b[i];
        }
        return sum;
    }
}
