package trainyard.training.dl4j;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.RowProblem;

/**
 * A network of DL4J with cross entropy, the mean over all predictions. DL4J works out outputs and gradients; parameters are
 * given to it for each gradient, and nothing of it is updated.
 */
final class Dl4jProblem implements RowProblem {

    /** Examples that are passed through at once where the whole data are looked at. */
    private static final int CHUNK = 512;

    /** What a probability that underflows counts as: a loss of 691 nats. */
    private static final double LEAST_PROBABILITY = 1e-300;

    private final Computation network;
    private final List<ParameterBlock> blocks;
    private final double[] start;
    private final Examples train;
    private final Examples test;
    private final DataOrder order;

    Dl4jProblem(Computation network, Examples train, Examples test, DataOrder order, RandomStreams streams) {
        this.network = network;
        this.train = train;
        this.test = test;
        this.order = order;
        blocks = network.parts().stream().map(Part::block).toList();
        start = new double[blocks.get(blocks.size() - 1).end()];
        network.parts().forEach(part -> part.start().fill(start, part.block(), streams));
    }

    @Override
    public List<ParameterBlock> blocks() {
        return blocks;
    }

    @Override
    public double[] start() {
        return start.clone();
    }

    @Override
    public int rows() {
        return train.rows();
    }

    @Override
    public DataOrder order() {
        return order;
    }

    @Override
    public void gradient(double[] parameters, int[] rows, double[] gradient) {
        network.at(parameters);
        double factor = 1.0 / ((double) rows.length * train.predictions());
        network.gradient(train.inputs(rows), train.outputs(rows), factor, gradient);
    }

    @Override
    public double loss(double[] parameters) {
        network.at(parameters);
        double sum = 0;
        for (int[] rows : chunks(train)) {
            Outputs outputs = outputs(train, rows);
            for (int i = 0; i < rows.length; i++) {
                for (int prediction = 0; prediction < train.predictions(); prediction++) {
                    sum -= Math.log(outputs.probability(i, train.label(rows[i], prediction), prediction));
                }
            }
        }
        return sum / ((double) train.rows() * train.predictions());
    }

    @Override
    public OptionalDouble accuracy(double[] parameters) {
        if (test.rows() == 0) {
            return OptionalDouble.empty();
        }
        network.at(parameters);
        long right = 0;
        for (int[] rows : chunks(test)) {
            Outputs outputs = outputs(test, rows);
            for (int i = 0; i < rows.length; i++) {
                for (int prediction = 0; prediction < test.predictions(); prediction++) {
                    right += outputs.greatest(i, prediction) == test.label(rows[i], prediction) ? 1 : 0;
                }
            }
        }
        return OptionalDouble.of(right / ((double) test.rows() * test.predictions()));
    }

    private static List<int[]> chunks(Examples examples) {
        return IntStream.iterate(0, from -> from < examples.rows(), from -> from + CHUNK)
                .mapToObj(from -> IntStream.range(from, Math.min(from + CHUNK, examples.rows()))
                        .toArray())
                .toList();
    }

    private Outputs outputs(Examples examples, int[] rows) {
        INDArray probabilities = network.probabilities(examples.inputs(rows));
        return new Outputs(
                examples.classes(),
                examples.predictions(),
                probabilities.dup('c').data().asDouble());
    }

    /** Probabilities of each class by example, class and prediction. */
    private record Outputs(int classes, int predictions, double[] values) {

        /** Not 0, so that the loss of a certain mistake is a number; not a number where the output is none. */
        double probability(int example, int label, int prediction) {
            return Math.max(at(example, label, prediction), LEAST_PROBABILITY);
        }

        /** The likeliest class, the first of equal ones; -1 where none is a number. */
        int greatest(int example, int prediction) {
            int best = -1;
            for (int label = 0; label < classes; label++) {
                double own = at(example, label, prediction);
                if (!Double.isNaN(own) && (best < 0 || own > at(example, best, prediction))) {
                    best = label;
                }
            }
            return best;
        }

        private double at(int example, int label, int prediction) {
            return values[(example * classes + label) * predictions + prediction];
        }
    }
}
