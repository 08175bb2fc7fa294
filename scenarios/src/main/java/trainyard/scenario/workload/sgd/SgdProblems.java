package trainyard.scenario.workload.sgd;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.scenario.source.Problem.Kind;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.LeastSquares;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.NoisyQuadratic.Bowl;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

/** The problems of {@code sgd.problem}. */
final class SgdProblems {

    private SgdProblems() {}

    /** What makes the problem of a seed. */
    static Function<RandomStreams, Problem> bind(Values values, int workers) {
        requireDirection(values);
        return switch (values.get(SgdProblemSection.KIND)) {
            case QUADRATIC -> streams -> quadratic(values, workers, streams);
            case LEAST_SQUARES -> {
                requireRows(values);
                yield streams -> leastSquares(values, workers, streams);
            }
            case SOFTMAX, MLP, CNN, LSTM, TRANSFORMER -> SgdNetworks.bind(values, workers);
        };
    }

    private static void requireDirection(Values values) {
        if (values.find(SgdProblemSection.CURVATURE).filter(List::isEmpty).isPresent()) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.CURVATURE),
                    Kind.VALUE,
                    "without a direction there is nothing to train",
                    "write curvature: [1], or leave it out"));
        }
    }

    private static void requireRows(Values values) {
        long rows = values.get(SgdProblemSection.ROWS);
        long features = values.get(SgdProblemSection.FEATURES);
        if (rows < features) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.ROWS),
                    Kind.VALUE,
                    rows + " rows do not determine " + features + " features",
                    "write rows: " + features + " or more, or fewer features"));
        }
    }

    private static Problem quadratic(Values values, int workers, RandomStreams streams) {
        List<Double> curvature = values.find(SgdProblemSection.CURVATURE).orElse(List.of(1.0));
        double spread = values.get(SgdProblemSection.SPREAD);
        UniformRandomProvider random = streams.stream("worker-minimum");
        List<Bowl> bowls = spread == 0
                ? List.of(new Bowl(curvature, zeros(curvature.size())))
                : IntStream.range(0, workers)
                        .mapToObj(worker -> new Bowl(curvature, normal(curvature.size(), spread, random)))
                        .toList();
        double[] start = new double[curvature.size()];
        Arrays.fill(start, values.get(SgdProblemSection.START));
        return new NoisyQuadratic(
                bowls, values.get(SgdProblemSection.NOISE), start, values.get(SgdProblemSection.LAYERED), streams);
    }

    private static List<Double> zeros(int size) {
        return IntStream.range(0, size).mapToObj(i -> 0.0).toList();
    }

    private static List<Double> normal(int size, double deviation, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        return IntStream.range(0, size)
                .mapToObj(i -> deviation * gaussian.sample())
                .toList();
    }

    private static Problem leastSquares(Values values, int workers, RandomStreams streams) {
        int rows = Math.toIntExact(values.get(SgdProblemSection.ROWS));
        LeastSquares.Shape shape = new LeastSquares.Shape(
                rows,
                Math.toIntExact(values.get(SgdProblemSection.FEATURES)),
                values.get(SgdProblemSection.CONDITION),
                1);
        return LeastSquares.of(shape, ShuffledShards.everyRow(rows, streams), streams);
    }
}
