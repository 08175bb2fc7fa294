package trainyard.training.compression;

import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * One bit for each value, its sign, and for each block the mean magnitude, which all its values get (Karimireddy et al. 2019,
 * arXiv 1901.09847). Zero counts as positive.
 */
public record SignSgd() implements Compression {

    @Override
    public Message message(List<ParameterBlock> blocks) {
        long values = Compression.values(blocks);
        long bytes = blocks.stream()
                .mapToLong(block -> (block.size() + Byte.SIZE - 1) / Byte.SIZE + WORD)
                .sum();
        Effort encode = new Effort(2.0 * WORD * values + bytes, 2.0 * values);
        Effort decode = new Effort((double) WORD * values + bytes, values);
        return new Message(bytes, false, 1, encode, decode);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        return (worker, values, arrived) -> blocks.forEach(block -> signs(block, values, arrived));
    }

    private static void signs(ParameterBlock block, double[] values, double[] arrived) {
        double sum = 0;
        for (int i = block.offset(); i < block.end(); i++) {
            sum += Math.abs(values[i]);
        }
        double scale = sum / block.size();
        for (int i = block.offset(); i < block.end(); i++) {
            arrived[i] = values[i] < 0 ? -scale : scale;
        }
    }
}
