package trainyard.training.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.Outages;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.StalenessPolicy;
import trainyard.training.problem.Batch;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.UpdateRule;
import trainyard.training.wire.AccessLinks;

/** Runs that tests begin with. */
public final class Designs {
    public static final ComputeLaw EXPONENTIAL = ComputeLaw.of(new Exponential(1));
    public static final RandomStreams STREAMS = new RandomStreams(7, 0);

    private Designs() {}

    /** Gradients of one example each, a free network, plain steps of 0.1. */
    public static TrainingDesign of(UpdateRule rule, int workers, ComputeLaw law, Limits limits) {
        return new TrainingDesign(rule, WorkerGroup.of(workers, law), Recipe.plain(1, 0.1), limits, 1);
    }

    public static TrainingDesign with(TrainingDesign design, TrainingNetwork network) {
        return design.withWorkers(design.workers().withNetwork(network));
    }

    public static TrainingDesign with(TrainingDesign design, Optimizer optimizer) {
        Recipe recipe = design.recipe();
        return design.withRecipe(
                new Recipe(recipe.batch(), optimizer, recipe.rate(), recipe.staleness(), recipe.gradients()));
    }

    public static TrainingDesign with(TrainingDesign design, StalenessPolicy staleness) {
        Recipe recipe = design.recipe();
        return design.withRecipe(
                new Recipe(recipe.batch(), recipe.optimizer(), recipe.rate(), staleness, recipe.gradients()));
    }

    public static TrainingDesign with(TrainingDesign design, UpdateRule rule) {
        return new TrainingDesign(rule, design.workers(), design.recipe(), design.limits(), design.showEverySeconds());
    }

    public static TrainingDesign withRate(TrainingDesign design, double rate) {
        return design.withRate(LearningRate.constant(rate));
    }

    /** Links of so many bytes a second both ways in front of a free network. */
    public static TrainingNetwork links(double bytesPerSecond) {
        return TrainingNetwork.FREE.withAccess(new AccessLinks(bytesPerSecond, bytesPerSecond, 0, Map.of()));
    }

    public static TrainingOutcome play(TrainingDesign design) {
        return TrainingRun.play(design, new Bowl(), STREAMS);
    }

    public static TrainingOutcome play(TrainingDesign design, Problem problem) {
        return TrainingRun.play(design, problem, STREAMS);
    }

    /** The same quadratic of three coordinates for all workers, with noise. */
    public static Problem noisy() {
        return new NoisyQuadratic(
                List.of(NoisyQuadratic.Bowl.of(0.5, 1, 2)), 0.1, new double[] {3, -2, 1}, new RandomStreams(11, 0));
    }

    /** Bowls of one coordinate with curvature 1 and 3 around 0 and 1, without noise. */
    public static NoisyQuadratic uneven() {
        return new NoisyQuadratic(
                List.of(
                        new NoisyQuadratic.Bowl(List.of(1.0), List.of(0.0)),
                        new NoisyQuadratic.Bowl(List.of(3.0), List.of(1.0))),
                0,
                new double[] {2},
                new RandomStreams(11, 0));
    }

    /** A problem in layers of one parameter each: half the sum of squares, started at 1. */
    public static Problem layers(int layers) {
        return new Layers(layers);
    }

    private record Layers(int layers) implements Problem {

        @Override
        public List<ParameterBlock> blocks() {
            return IntStream.range(0, layers)
                    .mapToObj(layer -> new ParameterBlock("layer " + layer, layer, layer, 1, 1))
                    .toList();
        }

        @Override
        public double[] start() {
            double[] start = new double[layers];
            Arrays.fill(start, 1);
            return start;
        }

        @Override
        public void gradient(double[] parameters, Batch batch, double[] gradient) {
            System.arraycopy(parameters, 0, gradient, 0, layers);
        }

        @Override
        public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
            gradient(parameters, new Batch(0, 0, 1), gradient);
        }

        @Override
        public double loss(double[] parameters) {
            double sum = 0;
            for (double value : parameters) {
                sum += value * value / 2;
            }
            return sum;
        }
    }

    /** Workers that fail and return at stated seconds. */
    public static Outages outage(int worker, double downSeconds, double upSeconds) {
        return (simulation, streams, down, up) -> {
            int fall = simulation.register((now, index) -> down.accept(index));
            int rise = simulation.register((now, index) -> up.accept(index));
            simulation.schedule(Math.round(downSeconds * 1e9), 0, fall, worker);
            simulation.schedule(Math.round(upSeconds * 1e9), 0, rise, worker);
        };
    }
}
