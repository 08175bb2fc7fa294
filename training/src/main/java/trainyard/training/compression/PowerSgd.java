package trainyard.training.compression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * Matrices as products of two thin ones, found by one step of the power method from where the last message ended (Vogels,
 * Karimireddy and Jaggi 2019, arXiv 1905.13727). A matrix of {@code n x m} takes {@code rank (n + m)} values; vectors, and
 * matrices that would not get smaller, are sent as they are.
 *
 * <p>Workers that send together agree on the thin matrices by two all-reduces. The part of each is what the common first matrix
 * keeps of its own gradient; the mean of these parts is the common result.
 *
 * @param rank columns of the thin matrices, 1 or more
 */
public record PowerSgd(int rank) implements Compression {

    public PowerSgd {
        if (rank < 1) {
            throw new IllegalArgumentException("the rank must be 1 or more, not " + rank);
        }
    }

    /** Values that are sent for a block. */
    public long values(ParameterBlock block) {
        return isFactored(block) ? thin(block) : block.size();
    }

    boolean isFactored(ParameterBlock block) {
        return block.rows() > 1 && block.columns() > 1 && thin(block) < block.size();
    }

    /** Values of the two thin matrices of a block, whether they are fewer than its own or not. */
    public long thin(ParameterBlock block) {
        return (long) rank * (block.rows() + block.columns());
    }

    @Override
    public Message message(List<ParameterBlock> blocks) {
        long values = 0;
        Effort encode = Effort.NONE;
        Effort decode = Effort.NONE;
        for (ParameterBlock block : blocks) {
            values += values(block);
            if (isFactored(block)) {
                double product = 2.0 * block.size() * rank;
                double thin = (double) WORD * thin(block);
                double full = (double) WORD * block.size();
                double gramSchmidt = 2.0 * block.rows() * rank * rank;
                encode = encode.plus(new Effort(2 * full + 2 * thin, 2 * product + gramSchmidt));
                decode = decode.plus(new Effort(full + thin, product));
            }
        }
        return new Message(WORD * values, true, 2, encode, decode);
    }

    @Override
    public Codec codec(List<ParameterBlock> blocks, RandomStreams streams) {
        return new Factors(this, blocks, streams);
    }

    /** Thin matrices of each sender, and of all that send together. */
    private static final class Factors implements Codec {
        private static final int TOGETHER = -1;

        private final PowerSgd kind;
        private final List<ParameterBlock> blocks;
        private final RandomStreams streams;
        private final Map<Integer, List<LowRank>> bySender = new HashMap<>();

        Factors(PowerSgd kind, List<ParameterBlock> blocks, RandomStreams streams) {
            this.kind = kind;
            this.blocks = List.copyOf(blocks);
            this.streams = streams;
        }

        @Override
        public void send(int worker, double[] values, double[] arrived) {
            exchange(worker, new double[][] {values}, new double[][] {arrived});
        }

        @Override
        public void sendTogether(int[] workers, double[][] values, double[][] arrived) {
            exchange(TOGETHER, values, arrived);
        }

        private void exchange(int sender, double[][] values, double[][] arrived) {
            for (int i = 0; i < values.length; i++) {
                System.arraycopy(values[i], 0, arrived[i], 0, values[i].length);
            }
            bySender.computeIfAbsent(sender, key -> matrices()).forEach(matrix -> matrix.exchange(values, arrived));
        }

        private List<LowRank> matrices() {
            return blocks.stream()
                    .filter(kind::isFactored)
                    .map(block -> new LowRank(block, kind.rank, streams))
                    .toList();
        }
    }
}
