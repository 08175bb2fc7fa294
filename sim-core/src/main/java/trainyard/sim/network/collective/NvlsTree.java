package trainyard.sim.network.collective;

import java.util.Arrays;
import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce with the scale-up switches and trees between nodes (NCCL's NVLSTree), or with switches that reduce between nodes
 * too (CollNet), in three stages: the switch of each node
 * reduces, so that each of its {@code g} ranks holds {@code 1/g} of the sum; double binary trees over the ranks with the
 * same place in their nodes reduce these shares; the switches multicast the result. NCCL lets the stages overlap, which
 * this form does not: {@code 2 (alpha_in + (g + 1)/(2 g) S / B_in)} and the tree's time for {@code S / g}.
 *
 * <p>Reduction and multicast move {@code (g + 1)/g S} bytes in and out of each GPU; one message from each rank to the next
 * carries half of it before the trees, another half after.
 */
public final class NvlsTree implements CollectiveAlgorithm {

    private final Nvls inside = new Nvls();
    private final CollectiveAlgorithm across;
    private final String name;

    public NvlsTree() {
        this(Chunks.DEFAULT_BYTES);
    }

    /** @param chunkBytes largest chunk of the trees, positive */
    public NvlsTree(double chunkBytes) {
        this("nvlstree", new DoubleBinaryTree(chunkBytes));
    }

    private NvlsTree(String name, CollectiveAlgorithm across) {
        this.name = name;
        this.across = across;
    }

    /** With the switches of the network in place of trees: {@code 2 (alpha_in + (g + 1)/(2 g) S / B_in) + alpha + S / (g B)}. */
    public static NvlsTree collNet() {
        return new NvlsTree("collnet", new SwitchReduction());
    }

    @Override
    public String name() {
        return name;
    }

    /** Needs at least two nodes with the same number, at least two, of consecutive ranks, behind switches that reduce. */
    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        int perNode = Hierarchical.ranksPerNode(network.topology(), gpus);
        return perNode > 1
                && perNode < gpus.length
                && inside.supports(operation, network, Arrays.copyOf(gpus, perNode))
                && across.supports(operation, network, gpus);
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return 2.0 * ranks + perNode * across.messages(operation, bytes / perNode, ranks / perNode, 1);
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, bytes, gpus, listener);
    }

    private final class Program implements RankProgram {

        private final FlowNetwork network;
        private final int perNode;
        private final double halfBytes;
        private final int[] reduce;
        private final int[] multicast;
        private final RankProgram[] trees;

        /** Ranks of each node that have started, and that hold their share of the sum. */
        private final int[] started;

        private final int[] summed;

        Program(FlowNetwork network, double bytes, int[] gpus, RankListener listener) {
            this.network = network;
            perNode = Hierarchical.ranksPerNode(network.topology(), gpus);
            halfBytes = bytes * (perNode + 1) / (2.0 * perNode);
            int nodes = gpus.length / perNode;
            started = new int[nodes];
            summed = new int[nodes];
            reduce = new int[gpus.length];
            multicast = new int[gpus.length];
            for (int rank = 0; rank < gpus.length; rank++) {
                int next = gpus[rank / perNode * perNode + (rank + 1) % perNode];
                reduce[rank] = network.open(gpus[rank], next, this::reduced);
                multicast[rank] = network.open(gpus[rank], next, listener::onDone);
            }
            trees = new RankProgram[perNode];
            for (int place = 0; place < perNode; place++) {
                int[] peers = new int[nodes];
                for (int node = 0; node < nodes; node++) {
                    peers[node] = gpus[node * perNode + place];
                }
                trees[place] = across.prepare(
                        network, Collective.ALL_REDUCE, bytes / perNode, peers, (now, node) -> summed(node));
            }
        }

        /** The switch can reduce only when all ranks of its node take part. */
        @Override
        public void start(int rank) {
            int node = rank / perNode;
            started[node]++;
            if (started[node] == perNode) {
                sendAround(node, reduce);
            }
        }

        private void reduced(long nowNanos, int rank) {
            trees[rank % perNode].start(rank / perNode);
        }

        private void summed(int node) {
            summed[node]++;
            if (summed[node] == perNode) {
                sendAround(node, multicast);
            }
        }

        private void sendAround(int node, int[] channel) {
            for (int place = 0; place < perNode; place++) {
                int receiver = node * perNode + (place + 1) % perNode;
                network.send(channel[node * perNode + place], halfBytes, receiver);
            }
        }

        @Override
        public void close() {
            for (int rank = 0; rank < reduce.length; rank++) {
                network.close(reduce[rank]);
                network.close(multicast[rank]);
            }
            for (RankProgram program : trees) {
                program.close();
            }
        }
    }
}
