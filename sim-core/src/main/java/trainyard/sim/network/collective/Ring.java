package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * Each rank sends to the next one only. Reduce-scatter and all-gather take {@code n - 1} steps of {@code S / n} bytes
 * each, all-reduce is one after the other (P. Patarasuk, X. Yuan, JPDC 69(2), 2009). A rank sends step {@code k} when
 * step {@code k - 1} has arrived from its predecessor.
 */
public final class Ring implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return switch (operation) {
            case ALL_REDUCE, REDUCE_SCATTER, ALL_GATHER -> true;
            case BROADCAST, ALL_TO_ALL, SEND_RECV -> false;
        };
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return (double) ranks * steps(operation, ranks);
    }

    /** Messages that each rank sends in a ring of {@code ranks}. */
    static int steps(Collective operation, int ranks) {
        return operation == Collective.ALL_REDUCE ? 2 * (ranks - 1) : ranks - 1;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, steps(operation, gpus.length), bytes / gpus.length, gpus, listener);
    }

    private static final class Program implements RankProgram {

        private final FlowNetwork network;
        private final RankListener listener;
        private final int steps;
        private final double stepBytes;
        private final int[] channel;
        private final int[] sent;
        private final int[] received;
        private final boolean[] started;

        Program(FlowNetwork network, int steps, double stepBytes, int[] gpus, RankListener listener) {
            this.network = network;
            this.steps = steps;
            this.stepBytes = stepBytes;
            this.listener = listener;
            int ranks = gpus.length;
            channel = new int[ranks];
            sent = new int[ranks];
            received = new int[ranks];
            started = new boolean[ranks];
            for (int rank = 0; rank < ranks; rank++) {
                channel[rank] = network.open(gpus[rank], gpus[(rank + 1) % ranks], this::arrived);
            }
        }

        @Override
        public void start(int rank) {
            started[rank] = true;
            goOn(network.simulation().now(), rank);
        }

        private void arrived(long nowNanos, int rank) {
            received[rank]++;
            if (started[rank]) {
                goOn(nowNanos, rank);
            }
        }

        /** A rank that starts late may have received everything already: no message that is meant for it passes it. */
        private void goOn(long nowNanos, int rank) {
            sendWhatIsReady(rank);
            if (received[rank] == steps) {
                listener.onDone(nowNanos, rank);
            }
        }

        private void sendWhatIsReady(int rank) {
            int receiver = rank + 1 == channel.length ? 0 : rank + 1;
            while (sent[rank] < steps && sent[rank] <= received[rank]) {
                sent[rank]++;
                network.send(channel[rank], stepBytes, receiver);
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
