package trainyard.training.compression;

import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/** Every value in 4 bytes; nothing is lost. */
public record NoCompression() implements Compression {

    @Override
    public Message message(List<ParameterBlock> blocks) {
        return new Message(WORD * Compression.values(blocks), true, 1, Effort.NONE, Effort.NONE);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        return (worker, values, arrived) -> System.arraycopy(values, 0, arrived, 0, values.length);
    }
}
