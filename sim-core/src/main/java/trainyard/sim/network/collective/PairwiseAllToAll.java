package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.engine.EventHandler;
import trainyard.sim.network.FlowNetwork;

/**
 * In step {@code s} of {@code n - 1}, rank {@code i} sends its {@code S / n} bytes for rank {@code i + s} (pairwise
 * exchange: R. Thakur, R. Rabenseifner, W. Gropp, IJHPCA 19(1), 2005, section 4.1.3). A rank goes on to the next step
 * when its message has arrived.
 */
public final class PairwiseAllToAll implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "pairwise";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.ALL_TO_ALL;
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return (double) ranks * (ranks - 1);
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, bytes / gpus.length, gpus.clone(), listener);
    }

    private static final class Program implements RankProgram {

        private final FlowNetwork network;
        private final double messageBytes;
        private final int[] gpus;
        private final RankListener listener;
        private final EventHandler arrival = this::arrived;
        private final int[] sent;
        private final int[] arrivals;

        Program(FlowNetwork network, double messageBytes, int[] gpus, RankListener listener) {
            this.network = network;
            this.messageBytes = messageBytes;
            this.gpus = gpus;
            this.listener = listener;
            sent = new int[gpus.length];
            arrivals = new int[gpus.length];
        }

        @Override
        public void start(int rank) {
            sendNext(rank);
        }

        private void sendNext(int rank) {
            sent[rank]++;
            int receiver = (rank + sent[rank]) % gpus.length;
            network.transfer(gpus[rank], gpus[receiver], messageBytes, arrival, rank);
        }

        private void arrived(long nowNanos, int sender) {
            int receiver = (sender + sent[sender]) % gpus.length;
            if (sent[sender] < gpus.length - 1) {
                sendNext(sender);
            }
            count(nowNanos, sender);
            count(nowNanos, receiver);
        }

        /** A rank is done once all that it sent, and all that is meant for it, has arrived. */
        private void count(long nowNanos, int rank) {
            arrivals[rank]++;
            if (arrivals[rank] == 2 * (gpus.length - 1)) {
                listener.onDone(nowNanos, rank);
            }
        }

        @Override
        public void close() {
            // Every transfer closes its own channel.
        }
    }
}
