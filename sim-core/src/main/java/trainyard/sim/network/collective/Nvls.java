package trainyard.sim.network.collective;

import java.util.Set;
import trainyard.sim.collective.Collective;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;
import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce inside the scale-up switch (NVLink SHARP; Hopper and Blackwell behind NVSwitch). Each rank owns {@code 1/n}
 * of the buffer: it reads its shard from the switch, which reduces what the {@code n} GPUs send for it, and writes the
 * sum back, which the switch copies to all. Each GPU thus sends {@code S} for the others' reads and {@code S / n} of its
 * own sums, and receives as much, in both directions at once: {@code alpha + (n + 1)/n S / B}.
 *
 * <p>That traffic is carried by one message from each rank to the next, which puts the same bytes on each GPU's links.
 */
public final class Nvls implements CollectiveAlgorithm {

    private static final Set<Architecture> WITH_MULTICAST = Set.of(Architecture.HOPPER, Architecture.BLACKWELL);

    @Override
    public String name() {
        return "nvls";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        NodeSpec node = network.topology().cluster().node();
        int home = network.topology().nodeOf(gpus[0]);
        for (int gpu : gpus) {
            if (network.topology().nodeOf(gpu) != home) {
                return false;
            }
        }
        return operation == Collective.ALL_REDUCE
                && node.scaleUp() == ScaleUp.NVSWITCH
                && WITH_MULTICAST.contains(node.gpu().architecture());
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        int ranks = gpus.length;
        double linkBytes = bytes * (ranks + 1) / ranks;
        int[] channel = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            channel[rank] = network.open(gpus[rank], gpus[(rank + 1) % ranks], listener::onDone);
        }
        return new Program(network, linkBytes, channel);
    }

    /** The switch can reduce only when all ranks take part, so nothing moves before the last one has started. */
    private static final class Program implements RankProgram {

        private final FlowNetwork network;
        private final double linkBytes;
        private final int[] channel;
        private int started;

        Program(FlowNetwork network, double linkBytes, int[] channel) {
            this.network = network;
            this.linkBytes = linkBytes;
            this.channel = channel;
        }

        @Override
        public void start(int rank) {
            started++;
            for (int r = 0; started == channel.length && r < channel.length; r++) {
                network.send(channel[r], linkBytes, (r + 1) % channel.length);
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
