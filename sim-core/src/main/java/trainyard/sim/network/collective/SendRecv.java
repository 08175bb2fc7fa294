package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/** One message from rank 0 to rank 1: {@code alpha + S / B}. The sender is done when it has started. */
public final class SendRecv implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "send-recv";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.SEND_RECV && gpus.length == 2;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        int channel = network.open(gpus[0], gpus[1], listener::onDone);
        return new RankProgram() {
            @Override
            public void start(int rank) {
                if (rank == 0) {
                    network.send(channel, bytes, 1);
                    listener.onDone(network.simulation().now(), 0);
                }
            }

            @Override
            public void close() {
                network.close(channel);
            }
        };
    }
}
