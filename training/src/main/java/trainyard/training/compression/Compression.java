package trainyard.training.compression;

import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/** How a gradient is made smaller. */
public sealed interface Compression permits Fp16, NoCompression, PowerSgd, Qsgd, SignSgd, TopK {

    /** Bytes of a value that is sent as it is, and of a scale or an index: those of fp32 and int32. */
    int WORD = 4;

    /** Size and work of a message. */
    Message message(List<ParameterBlock> blocks);

    /** The state of the senders of one run, without memory of errors. */
    Codec codec(List<ParameterBlock> blocks, RandomStreams streams);

    /** Number of values of all blocks. */
    static long values(List<ParameterBlock> blocks) {
        return blocks.stream().mapToLong(ParameterBlock::size).sum();
    }
}
