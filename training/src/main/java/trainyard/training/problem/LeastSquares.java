package trainyard.training.problem;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import trainyard.sim.random.RandomStreams;

/**
 * Linear regression, {@code f(w) = 1/(2n) |A w - y|^2}, on data of a stated condition, with its exact solution. Gradients are
 * those of sampled rows, so their noise shrinks near the solution down to that of the targets.
 */
public final class LeastSquares implements Problem {

    /**
     * Shape of the data.
     *
     * @param rows examples, no fewer than coordinates
     * @param coordinates number of parameters
     * @param condition largest over least curvature, 1 or more; the largest is 1
     * @param noise standard deviation of what no parameters explain of a target, 0 or more
     */
    public record Shape(int rows, int coordinates, double condition, double noise) {
        public Shape {
            if (coordinates < 1 || rows < coordinates) {
                throw new IllegalArgumentException(rows + " rows do not determine " + coordinates + " coordinates");
            }
            if (!(condition >= 1 && condition < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a condition number is 1 or more, not " + condition);
            }
            if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the noise of targets must be 0 or more and finite, not " + noise);
            }
        }
    }

    private final double[][] design;
    private final double[] targets;
    private final DataOrder order;
    private final double[] solution;
    private final double[][] curvature;
    private final double leastLoss;

    private LeastSquares(RealMatrix design, RealVector targets, DataOrder order) {
        this.design = design.getData();
        this.targets = targets.toArray();
        this.order = order;
        RealVector least = new QRDecomposition(design).getSolver().solve(targets);
        RealVector rest = design.operate(least).subtract(targets);
        solution = least.toArray();
        leastLoss = rest.dotProduct(rest) / (2 * this.targets.length);
        curvature = design.transpose()
                .multiply(design)
                .scalarMultiply(1.0 / this.targets.length)
                .getData();
    }

    /**
     * A problem with normal data of a shape.
     *
     * @param shape of the data
     * @param order which rows a batch holds
     * @param streams of the run
     */
    public static LeastSquares of(Shape shape, DataOrder order, RandomStreams streams) {
        return RegressionData.draw(shape, streams, order);
    }

    /**
     * A problem with given data.
     *
     * @param design one row for each example, of full column rank
     * @param targets one for each row
     * @param order which rows a batch holds
     */
    public static LeastSquares of(double[][] design, double[] targets, DataOrder order) {
        return new LeastSquares(new Array2DRowRealMatrix(design), new ArrayRealVector(targets), order);
    }

    @Override
    public List<ParameterBlock> blocks() {
        return List.of(new ParameterBlock("coefficients", 0, 0, 1, solution.length));
    }

    /** The origin. */
    @Override
    public double[] start() {
        return new double[solution.length];
    }

    /** Where the loss is least. */
    public double[] solution() {
        return solution.clone();
    }

    @Override
    public void gradient(double[] parameters, Batch batch, double[] gradient) {
        int[] rows = new int[batch.examples()];
        order.rows(batch, rows);
        Arrays.fill(gradient, 0);
        for (int row : rows) {
            double[] features = design[row];
            double error = -targets[row];
            for (int i = 0; i < features.length; i++) {
                error += features[i] * parameters[i];
            }
            double weight = error / rows.length;
            for (int i = 0; i < features.length; i++) {
                gradient[i] += weight * features[i];
            }
        }
    }

    /** Of all examples, {@code H (w - w*)}. */
    @Override
    public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = 0;
            for (int j = 0; j < gradient.length; j++) {
                gradient[i] += curvature[i][j] * (parameters[j] - solution[j]);
            }
        }
    }

    /** By the distance from the solution, {@code f* + 1/2 (w - w*)' H (w - w*)}: exact also where little is left to gain. */
    @Override
    public double loss(double[] parameters) {
        double[] distance = new double[solution.length];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = parameters[i] - solution[i];
        }
        double excess = 0;
        for (int i = 0; i < distance.length; i++) {
            double slope = 0;
            for (int j = 0; j < distance.length; j++) {
                slope += curvature[i][j] * distance[j];
            }
            excess += distance[i] * slope;
        }
        return leastLoss + excess / 2;
    }

    @Override
    public OptionalLong epoch() {
        return OptionalLong.of(targets.length);
    }

    @Override
    public OptionalDouble leastLoss() {
        return OptionalDouble.of(leastLoss);
    }
}
