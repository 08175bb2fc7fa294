package trainyard.sim.network;

import java.util.Arrays;

/**
 * The open links of a component by fair share, least first, for shares that only grow.
 *
 * <p>The range of the shares at the start is cut into about as many buckets as there are links. A bucket holds its links
 * in no order until its turn comes; then those whose share has grown beyond it move on to their new bucket, and only the
 * few others are ordered, in a binary heap. Since nothing is polled below what was polled before, buckets are emptied
 * once, in order: a link costs {@code O(1)} for each bucket it passes through, and the logarithm of one bucket's links
 * for its poll.
 *
 * <p>Cuts are made by the bits of the {@code double}, which for numbers that are not negative order like the numbers.
 * They lie at equal distances within a power of two and twice as far apart in the next, so shares of different orders of
 * magnitude spread well too. Should most links share a bucket all the same, the heap orders them as it would without
 * buckets.
 */
final class ShareQueue {

    private static final int NONE = -1;

    /** Up to here one heap is taken to be the quickest; an assumption. */
    private static final int FEW = 16;

    private final FairShares shares;

    // Buckets are singly linked lists; bucket b starts where the bits of a share are origin + (b << shift).
    private int[] first = new int[1];
    private final int[] next;
    private int buckets;
    private int cursor;
    private long origin;
    private int shift;
    private long[] startBits = new long[16];

    // The bucket whose turn it is.
    private double[] heapShare = new double[16];
    private int[] heapLink = new int[16];
    private int heapSize;

    private double polledShare;

    ShareQueue(FairShares shares, int links) {
        this.shares = shares;
        next = new int[links];
    }

    /** Starts with the links of a component. */
    void start(IntStack links) {
        heapSize = 0;
        cursor = -1;
        int size = links.size();
        if (startBits.length < size) {
            startBits = new long[2 * size];
        }
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < size; i++) {
            long bits = Double.doubleToRawLongBits(shares.share(links.get(i)));
            startBits[i] = bits;
            // A share of 0 joins the first bucket and does not widen the range.
            if (bits > 0) {
                least = Math.min(least, bits);
                most = Math.max(most, bits);
            }
        }
        cut(size, Math.min(least, most), most);
        for (int i = 0; i < size; i++) {
            append(bucketOf(startBits[i]), links.get(i));
        }
    }

    /** Cuts the range from the least to the most bits into at most {@code size} buckets. */
    private void cut(int size, long least, long most) {
        origin = least;
        int wanted = size <= FEW ? 1 : Integer.highestOneBit(size);
        int rangeBits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        shift = Math.max(0, rangeBits - Integer.numberOfTrailingZeros(wanted));
        buckets = (int) (most - least >> shift) + 1;
        if (first.length < buckets) {
            first = new int[buckets];
        }
        Arrays.fill(first, 0, buckets, NONE);
    }

    private int bucketOf(long shareBits) {
        return (int) Math.max(0, Math.min(buckets - 1, shareBits - origin >> shift));
    }

    private void append(int bucket, int link) {
        next[link] = first[bucket];
        first[bucket] = link;
    }

    /** Takes out the link with the least share. */
    int poll() {
        while (heapSize == 0) {
            cursor++;
            for (int link = first[cursor]; link != NONE; ) {
                int following = next[link];
                if (shares.isOpen(link)) {
                    putBack(link, shares.share(link));
                }
                link = following;
            }
        }
        int link = heapLink[0];
        polledShare = heapShare[0];
        heapSize--;
        sinkFromTop(heapShare[heapSize], heapLink[heapSize]);
        return link;
    }

    /** The share that the link polled last was entered with. */
    double polledShare() {
        return polledShare;
    }

    /** Puts a link back with a share that has grown. */
    void putBack(int link, double share) {
        int bucket = bucketOf(Double.doubleToRawLongBits(share));
        if (bucket > cursor) {
            append(bucket, link);
        } else {
            push(link, share);
        }
    }

    private void push(int link, double share) {
        if (heapSize == heapShare.length) {
            heapShare = Arrays.copyOf(heapShare, 2 * heapSize);
            heapLink = Arrays.copyOf(heapLink, 2 * heapSize);
        }
        int hole = heapSize++;
        while (hole > 0 && heapShare[(hole - 1) / 2] > share) {
            heapShare[hole] = heapShare[(hole - 1) / 2];
            heapLink[hole] = heapLink[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        heapShare[hole] = share;
        heapLink[hole] = link;
    }

    private void sinkFromTop(double share, int link) {
        int hole = 0;
        int child = 1;
        while (child < heapSize) {
            if (child + 1 < heapSize && heapShare[child + 1] < heapShare[child]) {
                child++;
            }
            if (heapShare[child] >= share) {
                break;
            }
            heapShare[hole] = heapShare[child];
            heapLink[hole] = heapLink[child];
            hole = child;
            child = 2 * hole + 1;
        }
        heapShare[hole] = share;
        heapLink[hole] = link;
    }
}
