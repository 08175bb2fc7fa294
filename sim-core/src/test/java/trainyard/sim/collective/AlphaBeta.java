package trainyard.sim.collective;

import java.util.List;

/**
 * Times of collectives in the alpha-beta model (R. Hockney, Parallel Computing 20(3), 1994): a message of {@code S}
 * bytes takes {@code alpha + S / B}, with {@code alpha} seconds of latency and {@code B} bytes/s that each rank can send
 * and receive at the same time. No link is shared and reduction is free. Sizes are those of {@link Collective}; results
 * are in seconds, and 0 for a single rank.
 *
 * <p>Unless stated otherwise the formulas are those of R. Thakur, R. Rabenseifner, W. Gropp, Optimization of collective
 * communication operations in MPICH, IJHPCA 19(1), 2005, sections 4 and 5.
 */
public final class AlphaBeta {

    private AlphaBeta() {}

    /** One message: {@code alpha + S / B}. */
    public static double sendRecv(double bytes, double alpha, double bytesPerSecond) {
        return alpha + bytes / bytesPerSecond;
    }

    /** Ring all-reduce: {@code 2 (n-1)/n S / B + 2 (n-1) alpha} (P. Patarasuk, X. Yuan, JPDC 69(2), 2009). */
    public static double ringAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return 2 * ringAllGather(ranks, bytes, alpha, bytesPerSecond);
    }

    /** Ring all-gather or reduce-scatter of a gathered size {@code S}: {@code (n-1)/n S / B + (n-1) alpha}. */
    public static double ringAllGather(int ranks, double bytes, double alpha, double bytesPerSecond) {
        double steps = ranks - 1.0;
        return steps / ranks * bytes / bytesPerSecond + steps * alpha;
    }

    /**
     * All-reduce by recursive halving and doubling: {@code 2 log2(n) alpha + 2 (n-1)/n S / B}.
     *
     * @param ranks a power of two
     */
    public static double halvingDoublingAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        if (Integer.bitCount(ranks) != 1) {
            throw new IllegalArgumentException("halving-doubling needs a power of two of ranks, got " + ranks);
        }
        return 2 * log2(ranks) * alpha + 2 * (ranks - 1.0) / ranks * bytes / bytesPerSecond;
    }

    /** All-reduce as a reduction and a broadcast over a binomial tree: {@code 2 ceil(log2 n) (alpha + S / B)}. */
    public static double binomialAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return 2 * binomialBroadcast(ranks, bytes, alpha, bytesPerSecond);
    }

    /**
     * All-reduce over one binary tree in the limit of many small chunks: {@code 2 ceil(log2 n) alpha + 3 S / B}, since an
     * inner rank receives the buffer from two children and its parent (P. Sanders, J. Speck, J. L. Träff, Parallel
     * Computing 35(12), 2009, section 2).
     */
    public static double treeAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return ranks == 1 ? 0 : 2 * log2(ranks) * alpha + 3 * bytes / bytesPerSecond;
    }

    /**
     * All-reduce over two complementary binary trees in the limit of many small chunks: {@code 2 ceil(log2 n) alpha +
     * 2 S / B}; a rank is an inner one for half of the buffer only, and receives {@code 2 S} in all (ibid., section 3).
     */
    public static double doubleTreeAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return ranks == 1 ? 0 : 2 * log2(ranks) * alpha + 2 * bytes / bytesPerSecond;
    }

    /**
     * Broadcast along a chain in {@code chunks} equal chunks: {@code (n-1) alpha + (n - 2 + chunks) S / (chunks B)}.
     *
     * @param chunks at least 1
     */
    public static double chainBroadcast(int ranks, double bytes, int chunks, double alpha, double bytesPerSecond) {
        return ranks == 1 ? 0 : (ranks - 1) * alpha + (ranks - 2.0 + chunks) / chunks * bytes / bytesPerSecond;
    }

    /** Broadcast over a binomial tree: {@code ceil(log2 n) (alpha + S / B)}. */
    public static double binomialBroadcast(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return log2(ranks) * sendRecv(bytes, alpha, bytesPerSecond);
    }

    /** Pairwise all-to-all: {@code (n-1) alpha + (n-1)/n S / B}. */
    public static double allToAll(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return ringAllGather(ranks, bytes, alpha, bytesPerSecond);
    }

    /**
     * Hierarchical all-reduce, stages one after the other: reduce-scatter in the node, all-reduce of {@code S / g}
     * between nodes, all-gather in the node.
     *
     * @param ranksPerNode {@code g}
     * @param nodes nodes that take part
     * @param inside latency and bandwidth between ranks of a node
     * @param across latency and bandwidth of each rank between nodes
     */
    public static double hierarchicalAllReduce(int ranksPerNode, int nodes, double bytes, Link inside, Link across) {
        return ringAllReduce(ranksPerNode, bytes, inside.alpha(), inside.bytesPerSecond())
                + ringAllReduce(nodes, bytes / ranksPerNode, across.alpha(), across.bytesPerSecond());
    }

    /**
     * All-gather or reduce-scatter over parallel aggregated trees: {@code ceil(log2 n) alpha + (n-1)/n S / B} (S. Jeaugey,
     * PAT, arXiv 2506.20252, 2025).
     */
    public static double aggregatedTreesAllGather(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return log2(ranks) * alpha + (ranks - 1.0) / ranks * bytes / bytesPerSecond;
    }

    /**
     * All-reduce along the rings of a grid, dimension by dimension: the sum over the sides {@code d} of {@code 2 (d-1) alpha
     * + 2 (d-1)/d S' / B}, where {@code S'} is what the dimensions before have left, {@code S} over their sides (H. Mikami
     * et al., arXiv 1811.05233, 2018).
     *
     * @param bytesPerSecond rate of each rank along one dimension
     */
    public static double torusAllReduce(List<Integer> sides, double bytes, double alpha, double bytesPerSecond) {
        double seconds = 0;
        double left = bytes;
        for (int side : sides) {
            seconds += ringAllReduce(side, left, alpha, bytesPerSecond);
            left /= side;
        }
        return seconds;
    }

    /**
     * All-reduce in the scale-up switches of the nodes and over double binary trees between them, one stage after the
     * other: {@code 2 (alpha_in + (g+1)/(2g) S / B_in)} and the trees' time for {@code S / g}.
     *
     * @param ranksPerNode {@code g}
     */
    public static double nvlsTreeAllReduce(int ranksPerNode, int nodes, double bytes, Link inside, Link across) {
        double share = bytes / ranksPerNode;
        return 2 * inside.alpha()
                + (ranksPerNode + 1) * share / inside.bytesPerSecond()
                + doubleTreeAllReduce(nodes, share, across.alpha(), across.bytesPerSecond());
    }

    /** All-reduce in the scale-up switch: {@code alpha + (n+1)/n S / B}; see the algorithm of that name. */
    public static double nvlsAllReduce(int ranks, double bytes, double alpha, double bytesPerSecond) {
        return alpha + (ranks + 1.0) / ranks * bytes / bytesPerSecond;
    }

    /** Smallest whole number of doublings from 1 that reaches the number of ranks. */
    private static int log2(int ranks) {
        return 32 - Integer.numberOfLeadingZeros(ranks - 1);
    }

    /**
     * The two parameters of the model for one kind of link.
     *
     * @param alpha latency in seconds
     * @param bytesPerSecond bandwidth
     */
    public record Link(double alpha, double bytesPerSecond) {}
}
