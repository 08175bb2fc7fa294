package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce in the switches between nodes (SHARP; Graham et al. 2016): each rank sends its buffer to them once and gets the
 * sum back at the same time: {@code alpha + S / B}. The switches begin once all ranks take part. One message from each rank
 * to the next carries the same bytes over each port in both directions.
 */
final class SwitchReduction implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "switch-reduction";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.ALL_REDUCE
                && network.topology().cluster().fabric().reduces();
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return ranks;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, bytes, gpus, listener);
    }

    private static final class Program implements RankProgram {

        private final FlowNetwork network;
        private final double bytes;
        private final int[] channel;
        private int started;

        Program(FlowNetwork network, double bytes, int[] gpus, RankListener listener) {
            this.network = network;
            this.bytes = bytes;
            this.channel = new int[gpus.length];
            for (int rank = 0; rank < gpus.length; rank++) {
                channel[rank] = network.open(gpus[rank], gpus[(rank + 1) % gpus.length], listener::onDone);
            }
        }

        @Override
        public void start(int rank) {
            started++;
            for (int r = 0; started == channel.length && r < channel.length; r++) {
                network.send(channel[r], bytes, (r + 1) % channel.length);
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
