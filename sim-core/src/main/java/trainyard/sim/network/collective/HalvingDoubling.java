package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/**
 * Recursive halving and doubling (R. Thakur, R. Rabenseifner, W. Gropp, IJHPCA 19(1), 2005, sections 4.2.2 and 4.4), with
 * the nearest rank first so that the largest messages stay within a node: ranks whose numbers differ in the last bit
 * exchange {@code S/2}, then those that differ in the one before it {@code S/4}, up to {@code S/n}; then the same backwards
 * to gather. Takes {@code 2 log2(n)} steps instead of the ring's {@code 2(n - 1)}.
 */
public final class HalvingDoubling implements CollectiveAlgorithm {

    @Override
    public String name() {
        return "halving-doubling";
    }

    /** Needs a power of two of ranks. */
    @Override
    public boolean supports(Collective operation, FlowNetwork network, int[] gpus) {
        boolean reduces = operation == Collective.ALL_REDUCE
                || operation == Collective.REDUCE_SCATTER
                || operation == Collective.ALL_GATHER;
        return reduces && Integer.bitCount(gpus.length) == 1;
    }

    @Override
    public RankProgram prepare(
            FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener) {
        return new ExchangeProgram(network, new Halves(operation, bytes, gpus.length), gpus, listener);
    }

    private record Halves(Collective operation, double bytes, int ranks) implements ExchangeProgram.Schedule {

        private int levels() {
            return Integer.numberOfTrailingZeros(ranks);
        }

        @Override
        public int steps() {
            return operation == Collective.ALL_REDUCE ? 2 * levels() : levels();
        }

        /** Halvings before the exchange of a step and in it: 1 to log2(n) while reducing, backwards while gathering. */
        private int halvings(int step) {
            boolean gathering = operation == Collective.ALL_GATHER || step >= levels();
            return gathering ? steps() - step : step + 1;
        }

        @Override
        public int receiver(int step, int rank) {
            return rank ^ 1 << halvings(step) - 1;
        }

        @Override
        public double bytes(int step) {
            return bytes / (1L << halvings(step));
        }
    }
}
