package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce over two binary trees at once, half of the buffer on each, so chosen that no rank has children in both (P.
 * Sanders, J. Speck, J. L. Träff, Parallel Computing 35(12), 2009). Both halves are pipelined in chunks.
 */
public final class DoubleBinaryTree implements CollectiveAlgorithm {

    private final double chunkBytes;

    public DoubleBinaryTree() {
        this(Chunks.DEFAULT_BYTES);
    }

    /** @param chunkBytes largest chunk, positive */
    public DoubleBinaryTree(double chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    @Override
    public String name() {
        return "double binary tree";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.ALL_REDUCE;
    }

    /** In each of two trees, each chunk goes up and down. */
    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return 4.0 * (ranks - 1) * Chunks.of(bytes / 2, chunkBytes).count();
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        Chunks chunks = Chunks.of(bytes / 2, chunkBytes);
        int[] halvesDone = new int[gpus.length];
        RankListener half = (nowNanos, rank) -> {
            halvesDone[rank]++;
            if (halvesDone[rank] == 2) {
                listener.onDone(nowNanos, rank);
            }
        };
        var first = new TreeProgram(network, BinaryTree.inOrder(gpus.length), chunks, gpus, half);
        var second = new TreeProgram(network, BinaryTree.complement(gpus.length), chunks, gpus, half);
        return new RankProgram() {
            @Override
            public void start(int rank) {
                first.start(rank);
                second.start(rank);
            }

            @Override
            public void close() {
                first.close();
                second.close();
            }
        };
    }
}
