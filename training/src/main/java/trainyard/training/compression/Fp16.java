package trainyard.training.compression;

import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * Every value rounded to IEEE 754 binary16, half to even: 11 bits of precision, above 65504 infinite, below 2^-24 in steps. Each
 * message is rounded once; sums on the way are not rounded again.
 */
public record Fp16() implements Compression {
    private static final int BYTES = 2;
    private static final int LEAST_EXPONENT = -14;
    private static final int FRACTION_BITS = 10;
    private static final double GREATEST = 65504;

    @Override
    public Message message(List<ParameterBlock> blocks) {
        long values = Compression.values(blocks);
        Effort convert = new Effort((WORD + BYTES) * values, values);
        return new Message(BYTES * values, true, 1, convert, convert);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        return (worker, values, arrived) -> {
            for (int i = 0; i < values.length; i++) {
                arrived[i] = round(values[i]);
            }
        };
    }

    static double round(double value) {
        int exponent = Math.max(LEAST_EXPONENT, Math.getExponent(value));
        double step = Math.scalb(1.0, exponent - FRACTION_BITS);
        double rounded = Math.rint(value / step) * step;
        return Math.abs(rounded) > GREATEST ? Math.copySign(Double.POSITIVE_INFINITY, value) : rounded;
    }
}
