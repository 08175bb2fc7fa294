package trainyard.faults.cause;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;

/**
 * Nodes whose parts fail more often than those of others (Kokolis et al. 2024, section IV: 40 lemon nodes in two clusters).
 * Each node is one with the same probability, by itself; which ones are is drawn from the seed and is the same for every
 * cause. What belongs to no node alone, such as a rack, has no lemons.
 *
 * @param share probability that a node is a lemon, in [0, 1]
 * @param factor rate of the faults of its parts over that of others, at least 1
 */
public record Lemons(double share, double factor) {

    /** All nodes alike. */
    public static final Lemons NONE = new Lemons(0, 1);

    private static final String PURPOSE = "lemons";

    public Lemons {
        if (!(share >= 0 && share <= 1 && factor >= 1 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "lemons need a share in [0, 1] and a factor of at least 1, got " + share + " and " + factor);
        }
    }

    public boolean isNone() {
        return share == 0 || factor == 1;
    }

    /** Mean rate of all nodes over that of a node that is none. */
    public double meanFactor() {
        return 1 - share + share * factor;
    }

    /** The lemons of a cluster in a replication, ascending; found by the gaps between them, which are geometric. */
    public int[] nodes(int nodes, RandomStreams streams) {
        if (isNone()) {
            return new int[0];
        }
        UniformRandomProvider random = streams.stream(PURPOSE);
        double logOthers = StrictMath.log1p(-share);
        int[] found = new int[16];
        int count = 0;
        for (long node = skip(random, logOthers); node < nodes; node += 1 + skip(random, logOthers)) {
            found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
            found[count++] = (int) node;
        }
        return Arrays.copyOf(found, count);
    }

    private static long skip(UniformRandomProvider random, double logOthers) {
        return (long) (StrictMath.log(1 - random.nextDouble()) / logOthers);
    }
}
