package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * All-gather and reduce-scatter over as many binomial trees as there are ranks, a tree for each rank's share, whose messages
 * between the same two ranks travel as one (S. Jeaugey, PAT: a new algorithm for all-gather and reduce-scatter operations
 * at scale, arXiv 2506.20252, 2025). In the step of distance {@code d} a rank sends {@code min(d, n - d)} shares to the
 * rank {@code d} places on, so that {@code ceil(log2 n)} steps are enough. This is the form with buffers for all shares of
 * a step; NCCL falls back to more steps when shares are large.
 */
public final class ParallelAggregatedTrees implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "pat";
    }

    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        return operation == Collective.ALL_GATHER || operation == Collective.REDUCE_SCATTER;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new ExchangeProgram(network, new Trees(operation, bytes / gpus.length, gpus.length), gpus, listener);
    }

    private record Trees(Collective operation, double shareBytes, int ranks) implements ExchangeProgram.Schedule {

        @Override
        public int steps() {
            return 32 - Integer.numberOfLeadingZeros(ranks - 1);
        }

        /** Reduce-scatter is all-gather run backwards. */
        private int distance(int step) {
            return 1 << (operation == Collective.ALL_GATHER ? step : steps() - 1 - step);
        }

        @Override
        public int receiver(int step, int rank) {
            int forwards = operation == Collective.ALL_GATHER ? distance(step) : -distance(step);
            return Math.floorMod(rank + forwards, ranks);
        }

        @Override
        public double bytes(int step) {
            return Math.min(distance(step), ranks - distance(step)) * shareBytes;
        }
    }
}
