package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * Rank 0 sends the buffer in chunks to rank 1, each rank passes a chunk on when it has it: {@code (n - 2 + C)(S / C) / B}
 * for {@code C} chunks, and {@code (n - 1) alpha}.
 */
public final class ChainBroadcast implements CollectiveAlgorithm {

    private final double chunkBytes;

    public ChainBroadcast() {
        this(Chunks.DEFAULT_BYTES);
    }

    /** @param chunkBytes largest chunk, positive */
    public ChainBroadcast(double chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.BROADCAST;
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return (double) (ranks - 1) * Chunks.of(bytes, chunkBytes).count();
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, Chunks.of(bytes, chunkBytes), gpus, listener);
    }

    private static final class Program implements RankProgram {

        private final FlowNetwork network;
        private final Chunks chunks;
        private final RankListener listener;
        private final int[] channel;
        private final int[] received;
        private final boolean[] started;

        Program(FlowNetwork network, Chunks chunks, int[] gpus, RankListener listener) {
            this.network = network;
            this.chunks = chunks;
            this.listener = listener;
            channel = new int[gpus.length - 1];
            received = new int[gpus.length];
            started = new boolean[gpus.length];
            received[0] = chunks.count();
            for (int rank = 0; rank < channel.length; rank++) {
                channel[rank] = network.open(gpus[rank], gpus[rank + 1], this::arrived);
            }
        }

        @Override
        public void start(int rank) {
            started[rank] = true;
            for (int chunk = 0; chunk < received[rank]; chunk++) {
                pass(rank);
            }
            reportIfDone(network.simulation().now(), rank);
        }

        private void arrived(long nowNanos, int rank) {
            received[rank]++;
            if (started[rank]) {
                pass(rank);
                reportIfDone(nowNanos, rank);
            }
        }

        private void pass(int rank) {
            if (rank < channel.length) {
                network.send(channel[rank], chunks.bytes(), rank + 1);
            }
        }

        private void reportIfDone(long nowNanos, int rank) {
            if (received[rank] == chunks.count()) {
                listener.onDone(nowNanos, rank);
            }
        }

        @Override
        public void close() {
            for (int open : channel) {
                network.close(open);
            }
        }
    }
}
