package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.Topology;

/**
 * All-reduce in three stages: reduce-scatter inside each node, all-reduce of each shard among the ranks with the same
 * place in their nodes, all-gather inside each node; rings throughout. Each rank goes on to its next stage on its own.
 */
public final class Hierarchical implements CollectiveAlgorithm {

    private final Ring ring = new Ring();

    @Override
    public String name() {
        return "hierarchical";
    }

    /** Needs at least two nodes with the same number, at least two, of consecutive ranks. */
    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        int perNode = ranksPerNode(network.topology(), gpus);
        return operation == Collective.ALL_REDUCE && perNode > 1 && perNode < gpus.length;
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return 2.0 * ranks * (perNode - 1 + ranks / perNode - 1);
    }

    /** Ranks on each node if they are equally many and consecutive, else 0. */
    static int ranksPerNode(Topology topology, int[] gpus) {
        int perNode = 1;
        while (perNode < gpus.length && topology.nodeOf(gpus[perNode]) == topology.nodeOf(gpus[0])) {
            perNode++;
        }
        if (gpus.length % perNode != 0) {
            return 0;
        }
        for (int rank = 0; rank < gpus.length; rank++) {
            int first = rank - rank % perNode;
            if (topology.nodeOf(gpus[rank]) != topology.nodeOf(gpus[first])) {
                return 0;
            }
        }
        return perNode;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, bytes, gpus, ranksPerNode(network.topology(), gpus), listener);
    }

    private final class Program implements RankProgram {

        private final int perNode;
        private final RankProgram[] scatter;
        private final RankProgram[] across;
        private final RankProgram[] gather;

        Program(FlowNetwork network, double bytes, int[] gpus, int perNode, RankListener listener) {
            this.perNode = perNode;
            int nodes = gpus.length / perNode;
            scatter = new RankProgram[nodes];
            across = new RankProgram[perNode];
            gather = new RankProgram[nodes];
            for (int i = 0; i < nodes; i++) {
                int node = i;
                int[] inside = strided(gpus, node * perNode, 1, perNode);
                scatter[node] = ring.prepare(
                        network, Collective.REDUCE_SCATTER, bytes, inside, (now, place) -> across[place].start(node));
                gather[node] = ring.prepare(
                        network,
                        Collective.ALL_GATHER,
                        bytes,
                        inside,
                        (now, place) -> listener.onDone(now, node * perNode + place));
            }
            for (int i = 0; i < perNode; i++) {
                int place = i;
                across[place] = ring.prepare(
                        network,
                        Collective.ALL_REDUCE,
                        bytes / perNode,
                        strided(gpus, place, perNode, nodes),
                        (now, node) -> gather[node].start(place));
            }
        }

        private static int[] strided(int[] gpus, int first, int stride, int count) {
            int[] chosen = new int[count];
            for (int i = 0; i < count; i++) {
                chosen[i] = gpus[first + i * stride];
            }
            return chosen;
        }

        @Override
        public void start(int rank) {
            scatter[rank / perNode].start(rank % perNode);
        }

        @Override
        public void close() {
            for (RankProgram[] stage : new RankProgram[][] {scatter, across, gather}) {
                for (RankProgram program : stage) {
                    program.close();
                }
            }
        }
    }
}
