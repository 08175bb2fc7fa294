package trainyard.training.compression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * Values on a grid of {@code s = 2^(bits - 1) - 1} steps to either side of zero, up to the greatest magnitude of their bucket,
 * rounded up or down by chance so that the mean is right (Alistarh et al. 2017, QSGD, arXiv 1610.02132, with the greatest
 * magnitude for the scale). QSGD has s of 1 or more; of 1 each value is zero or the scale with its sign.
 *
 * @param bits of a value with its sign, from 2, of which s is 1, to 16
 * @param bucket values that share a scale, 1 or more
 */
public record Qsgd(int bits, int bucket) implements Compression {
    private static final int MOST_BITS = 16;

    public Qsgd {
        if (bits < 2 || bits > MOST_BITS) {
            throw new IllegalArgumentException(
                    "a quantised value needs from 2 to 16 bits, its sign and a level, not " + bits);
        }
        if (bucket < 1) {
            throw new IllegalArgumentException("a bucket holds 1 value or more, not " + bucket);
        }
    }

    @Override
    public Message message(List<ParameterBlock> blocks) {
        long values = Compression.values(blocks);
        long scales = (values + bucket - 1) / bucket;
        long bytes = (values * bits + Byte.SIZE - 1) / Byte.SIZE + WORD * scales;
        Effort encode = new Effort(2.0 * WORD * values + bytes, 4.0 * values);
        Effort decode = new Effort((double) WORD * values + bytes, values);
        return new Message(bytes, false, 1, encode, decode);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        Map<Integer, UniformRandomProvider> coins = new HashMap<>();
        return (worker, values, arrived) -> {
            UniformRandomProvider coin = coins.computeIfAbsent(worker, who -> streams.stream("quantiser", who));
            for (int from = 0; from < values.length; from += bucket) {
                quantise(values, arrived, from, Math.min(values.length, from + bucket), coin);
            }
        };
    }

    private void quantise(double[] values, double[] arrived, int from, int to, UniformRandomProvider coin) {
        double greatest = 0;
        for (int i = from; i < to; i++) {
            greatest = Math.max(greatest, Math.abs(values[i]));
        }
        double step = greatest / ((1 << (bits - 1)) - 1);
        for (int i = from; i < to; i++) {
            double place = step == 0 ? 0 : values[i] / step;
            double below = Math.floor(place);
            arrived[i] = step * (coin.nextDouble() < place - below ? below + 1 : below);
        }
    }
}
