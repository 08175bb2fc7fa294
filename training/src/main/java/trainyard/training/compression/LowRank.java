package trainyard.training.compression;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/** One matrix of PowerSGD: {@code P = M Q}, P made orthonormal, {@code Q = M'P}, and {@code P Q'} arrives. Q is kept. */
final class LowRank {

    /** Part of a column that is left by those before it; below, it is rounding alone and counts as nothing. */
    private static final double NOTHING = 1e-12;

    private final ParameterBlock block;
    /** Columns of P and Q, one array each. */
    private final double[][] p;

    private final double[][] q;
    private final ContinuousSampler normal;

    LowRank(ParameterBlock block, int rank, RandomStreams streams) {
        this.block = block;
        p = new double[rank][block.rows()];
        q = new double[rank][block.columns()];
        UniformRandomProvider random = streams.stream("first factor of " + block.name());
        normal = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /**
     * One message of each sender, whose part in the mean is {@code P P'M} of its own matrix M.
     *
     * @param values of the senders; only the block's are read
     * @param arrived the block's are overwritten
     */
    void exchange(double[][] values, double[][] arrived) {
        for (int r = 0; r < q.length; r++) {
            drawIfZero(q[r]);
            Arrays.fill(p[r], 0);
            for (double[] sent : values) {
                addProduct(sent, q[r], p[r]);
            }
        }
        orthonormalise();
        double[][] mean = new double[q.length][block.columns()];
        for (int i = 0; i < values.length; i++) {
            for (int r = 0; r < q.length; r++) {
                Arrays.fill(q[r], 0);
                addTransposed(values[i], p[r], q[r]);
                addScaled(1.0 / values.length, q[r], mean[r]);
            }
            multiply(arrived[i]);
        }
        for (int r = 0; r < q.length; r++) {
            System.arraycopy(mean[r], 0, q[r], 0, mean[r].length);
        }
    }

    /** A column of zeros would stay so for ever: it gets a new direction. */
    private void drawIfZero(double[] column) {
        for (double value : column) {
            if (value != 0) {
                return;
            }
        }
        for (int i = 0; i < column.length; i++) {
            column[i] = normal.sample();
        }
    }

    private void addProduct(double[] matrix, double[] vector, double[] product) {
        int columns = block.columns();
        for (int row = 0; row < product.length; row++) {
            int from = block.offset() + row * columns;
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                sum += matrix[from + column] * vector[column];
            }
            product[row] += sum;
        }
    }

    private void addTransposed(double[] matrix, double[] vector, double[] product) {
        int columns = block.columns();
        for (int row = 0; row < vector.length; row++) {
            int from = block.offset() + row * columns;
            for (int column = 0; column < columns; column++) {
                product[column] += matrix[from + column] * vector[row];
            }
        }
    }

    private void multiply(double[] arrived) {
        int columns = block.columns();
        for (int row = 0; row < block.rows(); row++) {
            int from = block.offset() + row * columns;
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int r = 0; r < q.length; r++) {
                    sum += p[r][row] * q[r][column];
                }
                arrived[from + column] = sum;
            }
        }
    }

    /** Gram-Schmidt, each column twice against those before it, which is enough (Giraud et al. 2005). */
    private void orthonormalise() {
        for (int r = 0; r < p.length; r++) {
            double before = norm(p[r]);
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < r; other++) {
                    addScaled(-dot(p[r], p[other]), p[other], p[r]);
                }
            }
            double left = norm(p[r]);
            double scale = left <= NOTHING * before ? 0 : 1 / left;
            for (int i = 0; i < p[r].length; i++) {
                p[r][i] *= scale;
            }
        }
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addScaled(double factor, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }
}
