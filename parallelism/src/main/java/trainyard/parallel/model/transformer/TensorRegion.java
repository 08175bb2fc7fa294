package trainyard.parallel.model.transformer;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.sim.collective.Collective;

/**
 * The exchanges at both ends of a region whose products tensor ranks split: without sequence parallelism a sum forward at
 * the exit and backward at the entrance (Shoeybi et al. 2019, section 3); with it each sum is a reduce-scatter and each
 * copy an all-gather (Korthikanti et al. 2022, section 4.2.2). A single rank exchanges nothing.
 */
final class TensorRegion {

    private TensorRegion() {}

    /** Adds what gives every rank all tokens; {@code elements} per token. */
    static void enter(String name, double elements, Shard shard, List<Operator> out) {
        enter(name, elements, true, shard, out);
    }

    /**
     * @param quantised whether the tokens go into a product that recipes below 16 bits quantise
     */
    static void enter(String name, double elements, boolean quantised, Shard shard, List<Operator> out) {
        if (shard.tensor() == 1) {
            return;
        }
        boolean scattered = shard.split().sequenceParallel();
        out.add(new Operator.TensorCollective(
                name,
                scattered ? Optional.of(Collective.ALL_GATHER) : Optional.empty(),
                Optional.of(scattered ? Collective.REDUCE_SCATTER : Collective.ALL_REDUCE),
                bytes(elements, shard),
                quantised));
    }

    /** Adds what sums the partial results of the ranks; {@code elements} per token. */
    static void leave(String name, double elements, Shard shard, List<Operator> out) {
        leave(name, elements, true, shard, out);
    }

    /**
     * @param quantised whether the gradients go into a product that recipes below 16 bits quantise
     */
    static void leave(String name, double elements, boolean quantised, Shard shard, List<Operator> out) {
        if (shard.tensor() == 1) {
            return;
        }
        boolean scattered = shard.split().sequenceParallel();
        out.add(new Operator.TensorCollective(
                name,
                Optional.of(scattered ? Collective.REDUCE_SCATTER : Collective.ALL_REDUCE),
                scattered ? Optional.of(Collective.ALL_GATHER) : Optional.empty(),
                bytes(elements, shard),
                quantised));
    }

    private static double bytes(double elements, Shard shard) {
        return shard.precision().bytes() * shard.tokens() * elements;
    }
}
