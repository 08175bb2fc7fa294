package trainyard.parallel.input;

import java.util.Objects;

/**
 * What a node finds in its cache when every epoch reads each sample once, in a fresh random order. A node reads the n-th part
 * of the data set. Let c be the share of the data set that its cache holds and P the share that it has read in earlier
 * epochs, {@code P = 1 - (1 - 1/n)^(e - 1)}. Of the samples that are still to be read when a share v of the epoch is over, the
 * cache has
 *
 * <pre>
 *   fixed subset   min(P, c)
 *   LRU            max(0, min(P, (c - v/n) / (1 - v/n)))
 * </pre>
 *
 * since a sample that was read in this epoch takes room in an LRU cache and will not be asked for again. For one reader LRU
 * hits {@code c + (1 - c) ln(1 - c)} of an epoch: 0.153 at c = 0.5, where a fixed subset hits a half.
 *
 * @param policy what it keeps
 * @param share c, in [0, 1]
 * @param readers n: 1 where each node reads the same part of the data in every epoch, which then is its data set
 * @param epoch e, from 1
 */
public record SampleCache(CachePolicy policy, double share, int readers, int epoch) {

    /** No cache. */
    public static final SampleCache NONE = new SampleCache(CachePolicy.FIXED_SUBSET, 0, 1, 1);

    public SampleCache {
        Objects.requireNonNull(policy, "policy");
        if (!(share >= 0 && share <= 1) || readers < 1 || epoch < 1) {
            throw new IllegalArgumentException(
                    "a cache holds a share in [0, 1] for one reader or more, epochs count from" + " 1, got " + share
                            + ", " + readers + ", " + epoch);
        }
    }

    private double readBefore() {
        return -Math.expm1((epoch - 1) * Math.log1p(-1.0 / readers));
    }

    /**
     * Share of reads that hit when a share v of the epoch is over.
     *
     * @param progress v, in [0, 1)
     */
    public double hitShare(double progress) {
        double known = epoch == 1 ? 0 : readBefore();
        double own = progress / readers;
        return switch (policy) {
            case FIXED_SUBSET -> Math.min(known, share);
            case LRU -> share >= 1 ? known : Math.max(0, Math.min(known, (share - own) / (1 - own)));
        };
    }

    /** Whether the share of hits changes within an epoch. */
    public boolean isSteady() {
        return policy == CachePolicy.FIXED_SUBSET || epoch == 1 || share == 0 || share >= 1;
    }

    /** Share of the epoch's reads from which on it hits no more, at most 1. */
    public double lastHit() {
        return Math.min(1, share * readers);
    }
}
