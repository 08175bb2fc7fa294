package trainyard.training.problem;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;

/**
 * Data of a linear regression with given curvatures: a normal matrix keeps its singular vectors and gets new singular values, so
 * that the eigenvalues of {@code A'A / n} fall from 1 to one over the condition number, equally spaced in their logarithm.
 */
final class RegressionData {
    private RegressionData() {}

    static LeastSquares draw(LeastSquares.Shape shape, RandomStreams streams, DataOrder order) {
        RealMatrix design = design(shape, streams);
        double[] truth = normal(shape.coordinates(), 1, streams, "true coefficients", 0);
        double[] targets = design.operate(truth);
        double[] noise = normal(shape.rows(), shape.noise(), streams, "noise of targets", 0);
        for (int row = 0; row < targets.length; row++) {
            targets[row] += noise[row];
        }
        return LeastSquares.of(design.getData(), targets, order);
    }

    private static RealMatrix design(LeastSquares.Shape shape, RandomStreams streams) {
        double[][] normal = new double[shape.rows()][];
        for (int row = 0; row < normal.length; row++) {
            normal[row] = normal(shape.coordinates(), 1, streams, "design matrix", row);
        }
        SingularValueDecomposition vectors = new SingularValueDecomposition(new Array2DRowRealMatrix(normal));
        RealMatrix scaled = vectors.getU();
        for (int column = 0; column < shape.coordinates(); column++) {
            double singular = Math.sqrt(shape.rows() * curvature(shape, column));
            scaled.setColumnVector(column, scaled.getColumnVector(column).mapMultiply(singular));
        }
        return scaled.multiply(vectors.getVT());
    }

    private static double curvature(LeastSquares.Shape shape, int column) {
        double place = shape.coordinates() == 1 ? 0 : (double) column / (shape.coordinates() - 1);
        return StrictMath.pow(shape.condition(), -place);
    }

    private static double[] normal(int length, double deviation, RandomStreams streams, String purpose, int row) {
        ContinuousSampler sampler = ZigguratSampler.NormalizedGaussian.of(streams.stream(purpose, row));
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = deviation * sampler.sample();
        }
        return values;
    }
}
