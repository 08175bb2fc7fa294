package trainyard.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.RowProblem;

/**
 * Softmax of the next symbol given the one before: a convex problem that reaches the entropy of a Markov text of order 1. An
 * example is a sequence; the loss is the mean over its symbols. Since only pairs of symbols matter, the full loss is that of a
 * table of counts.
 */
final class BigramClassifier implements RowProblem {
    private final DenseLayers layers;
    private final double[] start;
    private final Dataset.Text text;
    private final DataOrder order;
    private final int symbols;
    private final long[][] trainPairs;
    private final long[][] testPairs;
    private final double[] logits;

    BigramClassifier(Dataset.Text text, DataOrder order, RandomStreams streams) {
        this.text = text;
        this.order = order;
        symbols = text.classes();
        layers = new DenseLayers(List.of(symbols, symbols));
        start = layers.start(streams);
        trainPairs = pairs(text.train());
        testPairs = pairs(text.test());
        logits = new double[symbols];
    }

    private long[][] pairs(int[][] sequences) {
        long[][] pairs = new long[symbols][symbols];
        for (int[] sequence : sequences) {
            for (int i = 0; i + 1 < sequence.length; i++) {
                pairs[sequence[i]][sequence[i + 1]]++;
            }
        }
        return pairs;
    }

    @Override
    public List<ParameterBlock> blocks() {
        return layers.blocks();
    }

    @Override
    public double[] start() {
        return start.clone();
    }

    @Override
    public int rows() {
        return text.rows();
    }

    @Override
    public DataOrder order() {
        return order;
    }

    @Override
    public void gradient(double[] parameters, int[] rows, double[] gradient) {
        Arrays.fill(gradient, 0);
        double weight = 1.0 / ((double) rows.length * text.length());
        for (int row : rows) {
            int[] sequence = text.train()[row];
            for (int i = 0; i + 1 < sequence.length; i++) {
                logitsAfter(parameters, sequence[i]);
                SoftmaxLoss.probabilities(logits, sequence[i + 1]);
                logits[sequence[i + 1]] -= 1;
                int from = sequence[i] * symbols;
                for (int j = 0; j < symbols; j++) {
                    gradient[from + j] += weight * logits[j];
                    gradient[symbols * symbols + j] += weight * logits[j];
                }
            }
        }
    }

    private void logitsAfter(double[] parameters, int symbol) {
        for (int j = 0; j < symbols; j++) {
            logits[j] = parameters[symbols * symbols + j] + parameters[symbol * symbols + j];
        }
    }

    @Override
    public double loss(double[] parameters) {
        double sum = 0;
        for (int before = 0; before < symbols; before++) {
            for (int next = 0; next < symbols; next++) {
                if (trainPairs[before][next] > 0) {
                    logitsAfter(parameters, before);
                    sum += trainPairs[before][next] * SoftmaxLoss.probabilities(logits, next);
                }
            }
        }
        return sum / total(trainPairs);
    }

    /** Share of the symbols of held-out text that are the most likely one. */
    @Override
    public OptionalDouble accuracy(double[] parameters) {
        long right = 0;
        for (int before = 0; before < symbols; before++) {
            logitsAfter(parameters, before);
            int guess = SoftmaxLoss.greatest(logits);
            right += guess < 0 ? 0 : testPairs[before][guess];
        }
        long all = total(testPairs);
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
    }

    /** The conditional entropy of the training text as it was drawn, which is a little below that of its source. */
    @Override
    public OptionalDouble leastLoss() {
        double sum = 0;
        for (long[] row : trainPairs) {
            long times = Arrays.stream(row).sum();
            for (long count : row) {
                sum -= count == 0 ? 0 : count * StrictMath.log((double) count / times);
            }
        }
        return OptionalDouble.of(sum / total(trainPairs));
    }

    private static long total(long[][] pairs) {
        return Arrays.stream(pairs).flatMapToLong(Arrays::stream).sum();
    }
}
