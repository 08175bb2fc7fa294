package trainyard.training.network;

/**
 * The inner loops of dense layers. Rows are arrays of their own: with an offset into a larger array the compiler would not use
 * vector instructions, as it could not rule out that pieces overlap. Four rows are added at a time, so that sums are loaded and
 * stored once for four.
 */
final class VectorLoops {

    /** Rows that are added at a time. */
    static final int FOUR = 4;

    private VectorLoops() {}

    /** Adds a multiple of a row to another. */
    static void add(double factor, double[] row, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * row[i];
        }
    }

    /**
     * Adds multiples of four rows to another.
     *
     * @param from index of the first factor and row
     */
    static void addFour(double[] factors, double[][] rows, int from, double[] to) {
        double factor0 = factors[from];
        double factor1 = factors[from + 1];
        double factor2 = factors[from + 2];
        double factor3 = factors[from + 3];
        double[] row0 = rows[from];
        double[] row1 = rows[from + 1];
        double[] row2 = rows[from + 2];
        double[] row3 = rows[from + 3];
        for (int i = 0; i < to.length; i++) {
            to[i] = to[i] + factor0 * row0[i] + factor1 * row1[i] + factor2 * row2[i] + factor3 * row3[i];
        }
    }

    /** Inner products of a row with four others. */
    static void dotFour(double[] row, double[][] rows, double[] products) {
        double[] row0 = rows[0];
        double[] row1 = rows[1];
        double[] row2 = rows[2];
        double[] row3 = rows[3];
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = 0; i < row.length; i++) {
            sum0 += row[i] * row0[i];
            sum1 += row[i] * row1[i];
            sum2 += row[i] * row2[i];
            sum3 += row[i] * row3[i];
        }
        products[0] = sum0;
        products[1] = sum1;
        products[2] = sum2;
        products[3] = sum3;
    }
}
