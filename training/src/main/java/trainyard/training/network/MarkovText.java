package trainyard.training.network;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;

/**
 * Text of a {@link MarkovChain}, whose entropy is known exactly. Each sequence starts in the long-run state, so every one of its
 * symbols has that entropy given those before.
 *
 * @param symbols of the alphabet, 2 or more
 * @param entropyNats entropy of a symbol given the one before
 * @param length symbols of a sequence that are read
 * @param trainSequences to train with
 * @param testSequences held out
 */
public record MarkovText(int symbols, double entropyNats, int length, int trainSequences, int testSequences) {

    public MarkovText {
        if (length < 1 || trainSequences < 1 || testSequences < 1) {
            throw new IllegalArgumentException(
                    "a text needs sequences of 1 symbol or more, to train with and held out");
        }
    }

    /**
     * Draws the chain and then the text.
     *
     * @param streams of the run
     */
    public Dataset.Text draw(RandomStreams streams) {
        MarkovChain chain = MarkovChain.draw(symbols, entropyNats, streams.stream("text chain"));
        return new Dataset.Text(
                "Markov text",
                symbols,
                length,
                sequences(chain, trainSequences, streams.stream("text to train with")),
                sequences(chain, testSequences, streams.stream("text held out")),
                chain.entropyNats());
    }

    private int[][] sequences(MarkovChain chain, int count, UniformRandomProvider random) {
        double[] first = cumulative(chain.stationary());
        double[][] next =
                chain.transition().stream().map(MarkovText::cumulative).toArray(double[][]::new);
        int[][] sequences = new int[count][length + 1];
        for (int[] sequence : sequences) {
            sequence[0] = pick(first, random);
            for (int i = 1; i <= length; i++) {
                sequence[i] = pick(next[sequence[i - 1]], random);
            }
        }
        return sequences;
    }

    private static double[] cumulative(List<Double> probabilities) {
        return cumulative(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] cumulative(double[] probabilities) {
        double[] sums = new double[probabilities.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += probabilities[i];
            sums[i] = sum;
        }
        return sums;
    }

    private static int pick(double[] cumulative, UniformRandomProvider random) {
        double draw = random.nextDouble();
        int symbol = 0;
        while (symbol < cumulative.length - 1 && draw >= cumulative[symbol]) {
            symbol++;
        }
        return symbol;
    }
}
