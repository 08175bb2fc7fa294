package trainyard.training.problem;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;

/**
 * A quadratic bowl for each worker, whose gradients carry normal noise: {@code f_k(w) = 1/2 sum_i c_ki (w_i - m_ki)^2}, and the
 * gradient of a batch of {@code b} examples is {@code c_ki (w_i - m_ki) + N(0, sigma2 / b)}, drawn anew for each coordinate. The
 * objective is the mean of the bowls. Where they differ, workers that train apart drift to their own minima (McMahan et al. 2017
 * and after); with equal ones the average of apart workers is as good as that of one large batch.
 */
public final class NoisyQuadratic implements Problem {

    /**
     * The objective of one worker.
     *
     * @param curvature second derivative along each coordinate, positive
     * @param minimum where it is least, one value for each coordinate
     */
    public record Bowl(List<Double> curvature, List<Double> minimum) {
        public Bowl {
            curvature = List.copyOf(curvature);
            minimum = List.copyOf(minimum);
            if (curvature.isEmpty() || curvature.size() != minimum.size()) {
                throw new IllegalArgumentException(
                        curvature.size() + " curvatures do not fit a minimum of " + minimum.size() + " coordinates");
            }
            if (!curvature.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("curvatures must be positive and finite: " + curvature);
            }
        }

        /** With its minimum at the origin. */
        public static Bowl of(double... curvature) {
            List<Double> values = Arrays.stream(curvature).boxed().toList();
            return new Bowl(values, values.stream().map(value -> 0.0).toList());
        }
    }

    private final double[][] curvature;
    private final double[][] minimum;
    private final double sigma2;
    private final double[] start;
    private final BatchDraws draws;
    private final double leastLoss;
    private final boolean isLayered;

    /**
     * @param bowls one for all workers, or one for each worker in turn, which starts over where there are more workers
     * @param sigma2 variance of the noise of one example in each coordinate, 0 or more
     * @param start where training starts, one value for each coordinate
     * @param streams of the run
     */
    public NoisyQuadratic(List<Bowl> bowls, double sigma2, double[] start, RandomStreams streams) {
        this(bowls, sigma2, start, false, streams);
    }

    /**
     * @param isLayered whether each coordinate is a layer of its own, which a pipeline or a round of fragments can part
     */
    public NoisyQuadratic(List<Bowl> bowls, double sigma2, double[] start, boolean isLayered, RandomStreams streams) {
        if (bowls.isEmpty() || bowls.stream().anyMatch(bowl -> bowl.curvature().size() != start.length)) {
            throw new IllegalArgumentException(
                    "each bowl needs " + start.length + " coordinates, as many as the start");
        }
        if (!(sigma2 >= 0 && sigma2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the variance of the noise must be 0 or more and finite, not " + sigma2);
        }
        curvature = bowls.stream().map(bowl -> array(bowl.curvature())).toArray(double[][]::new);
        minimum = bowls.stream().map(bowl -> array(bowl.minimum())).toArray(double[][]::new);
        this.sigma2 = sigma2;
        this.isLayered = isLayered;
        this.start = start.clone();
        draws = new BatchDraws(streams, "gradient noise");
        leastLoss = loss(minimiser());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public List<ParameterBlock> blocks() {
        return isLayered
                ? IntStream.range(0, start.length)
                        .mapToObj(i -> new ParameterBlock("coordinate " + i, i, i, 1, 1))
                        .toList()
                : List.of(new ParameterBlock("coordinates", 0, 0, 1, start.length));
    }

    @Override
    public double[] start() {
        return start.clone();
    }

    /** Where the objective is least: {@code sum_k c_ki m_ki / sum_k c_ki}. */
    public double[] minimiser() {
        double[] least = new double[start.length];
        for (int i = 0; i < least.length; i++) {
            double weighted = 0;
            double sum = 0;
            for (int k = 0; k < curvature.length; k++) {
                weighted += curvature[k][i] * minimum[k][i];
                sum += curvature[k][i];
            }
            least[i] = weighted / sum;
        }
        return least;
    }

    @Override
    public void gradient(double[] parameters, Batch batch, double[] gradient) {
        int bowl = batch.worker() % curvature.length;
        double[] slope = curvature[bowl];
        double[] bottom = minimum[bowl];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = slope[i] * (parameters[i] - bottom[i]);
        }
        if (sigma2 > 0) {
            addNoise(batch, gradient);
        }
    }

    /** The mean over all bowls. */
    @Override
    public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
        Arrays.fill(gradient, 0);
        for (int k = 0; k < curvature.length; k++) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += curvature[k][i] * (parameters[i] - minimum[k][i]) / curvature.length;
            }
        }
    }

    private void addNoise(Batch batch, double[] gradient) {
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(draws.of(batch));
        double deviation = Math.sqrt(sigma2 / batch.examples());
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += deviation * normal.sample();
        }
    }

    @Override
    public double loss(double[] parameters) {
        double sum = 0;
        for (int k = 0; k < curvature.length; k++) {
            for (int i = 0; i < parameters.length; i++) {
                double distance = parameters[i] - minimum[k][i];
                sum += curvature[k][i] * distance * distance / 2;
            }
        }
        return sum / curvature.length;
    }

    @Override
    public OptionalDouble leastLoss() {
        return OptionalDouble.of(leastLoss);
    }
}
