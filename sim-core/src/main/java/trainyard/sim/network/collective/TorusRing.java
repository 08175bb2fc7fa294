package trainyard.sim.network.collective;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce on a grid of ranks, dimension by dimension: reduce-scatter along the rings of the first dimension, then of what
 * is left along the second, and so on; all-gathers in the opposite order (2D: H. Mikami et al., Massively distributed SGD:
 * ImageNet/ResNet-50 training in a flash, arXiv 1811.05233, 2018; any number: W. Won et al., ASTRA-sim 2.0, ISPASS 2023).
 * Each rank goes on to its next ring on its own.
 */
public final class TorusRing implements CollectiveAlgorithm {

    private final Ring ring = new Ring();
    private final List<Integer> sides;

    /** @param sides ranks along each dimension, at least 2; the first varies fastest in the numbering of ranks */
    public TorusRing(List<Integer> sides) {
        if (sides.isEmpty() || sides.stream().anyMatch(side -> side < 2)) {
            throw new IllegalArgumentException("the sides of the grid must be at least 2, got " + sides);
        }
        this.sides = List.copyOf(sides);
    }

    @Override
    public String name() {
        return "torus ring";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        long ranks = sides.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        return operation == Collective.ALL_REDUCE && ranks == gpus.length;
    }

    @Override
    public double messages(Collective operation, double bytes, int ranks, int perNode) {
        return 2.0 * ranks * sides.stream().mapToInt(side -> side - 1).sum();
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new Program(network, bytes, gpus, listener);
    }

    private final class Program implements RankProgram {

        private final FlowNetwork network;
        private final int[] gpus;
        private final RankListener listener;

        /** A stage per dimension to reduce, and the same backwards to gather. */
        private final List<List<RankProgram>> stages = new ArrayList<>();

        private final int[] strideOf;

        Program(FlowNetwork network, double bytes, int[] gpus, RankListener listener) {
            this.network = network;
            this.gpus = gpus.clone();
            this.listener = listener;
            int dimensions = sides.size();
            strideOf = new int[dimensions];
            double[] left = new double[dimensions];
            for (int d = 0, stride = 1; d < dimensions; stride *= sides.get(d), d++) {
                strideOf[d] = stride;
                left[d] = bytes / stride;
            }
            for (int stage = 0; stage < 2 * dimensions; stage++) {
                stages.add(rings(stage, left[dimension(stage)]));
            }
        }

        private int dimension(int stage) {
            return stage < sides.size() ? stage : 2 * sides.size() - 1 - stage;
        }

        /** The rings of one stage, ordered by their first ranks. */
        private List<RankProgram> rings(int stage, double bytes) {
            Collective operation = stage < sides.size() ? Collective.REDUCE_SCATTER : Collective.ALL_GATHER;
            int side = sides.get(dimension(stage));
            int stride = strideOf[dimension(stage)];
            List<RankProgram> rings = new ArrayList<>();
            for (int number = 0; number < gpus.length / side; number++) {
                int first = number / stride * stride * side + number % stride;
                int[] members = new int[side];
                for (int place = 0; place < side; place++) {
                    members[place] = gpus[first + place * stride];
                }
                rings.add(ring.prepare(
                        network,
                        operation,
                        bytes,
                        members,
                        (now, place) -> enter(now, stage + 1, first + place * stride)));
            }
            return rings;
        }

        @Override
        public void start(int rank) {
            enter(network.simulation().now(), 0, rank);
        }

        private void enter(long nowNanos, int stage, int rank) {
            if (stage == stages.size()) {
                listener.onDone(nowNanos, rank);
                return;
            }
            int stride = strideOf[dimension(stage)];
            int side = sides.get(dimension(stage));
            int number = rank / (stride * side) * stride + rank % stride;
            stages.get(stage).get(number).start(rank / stride % side);
        }

        @Override
        public void close() {
            stages.forEach(rings -> rings.forEach(RankProgram::close));
        }
    }
}
