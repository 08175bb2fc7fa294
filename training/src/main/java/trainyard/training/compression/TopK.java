package trainyard.training.compression;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.KthSelector;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * The values of greatest magnitude with their indices, the others as zero (Aji and Heafield 2017, arXiv 1704.05021). Of equal
 * ones the first go.
 *
 * @param share of the values that are sent, in (0, 1], rounded up
 */
public record TopK(double share) implements Compression {

    /** Passes of a radix select over 32-bit keys by 8 bits each; *assumed*. */
    private static final int PASSES = 4;

    public TopK {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of values that are sent must be above 0 and at most 1, not " + share);
        }
    }

    /** Number of values that are sent, of so many. */
    public long kept(long values) {
        return Math.min(values, (long) Math.ceil(values * share));
    }

    @Override
    public Message message(List<ParameterBlock> blocks) {
        long values = Compression.values(blocks);
        long bytes = 2L * WORD * kept(values);
        Effort encode = new Effort((double) PASSES * WORD * values + bytes, (double) PASSES * values);
        Effort decode = new Effort((double) WORD * values + 2.0 * bytes, kept(values));
        return new Message(bytes, false, 1, encode, decode);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        return (worker, values, arrived) -> keepGreatest(values, arrived, (int) kept(values.length));
    }

    private static void keepGreatest(double[] values, double[] arrived, int kept) {
        double[] magnitudes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            magnitudes[i] = magnitude(values[i]);
        }
        double least = kept == values.length
                ? Double.NEGATIVE_INFINITY
                : new KthSelector().select(magnitudes, null, values.length - kept);
        Arrays.fill(arrived, 0);
        int left = kept;
        for (int i = 0; i < values.length; i++) {
            if (magnitude(values[i]) > least) {
                arrived[i] = values[i];
                left--;
            }
        }
        for (int i = 0; i < values.length && left > 0; i++) {
            if (magnitude(values[i]) == least) {
                arrived[i] = values[i];
                left--;
            }
        }
    }

    /** What is not a number goes first, so that a run that diverged shows it. */
    private static double magnitude(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
    }
}
