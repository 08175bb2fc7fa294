package trainyard.sim.network;

import java.util.Arrays;

/**
 * The links of a component by fair share, least first.
 *
 * <p>Most links leave the solution in the order in which they entered it, with a share that never changed, so the
 * initial shares are sorted once and read in sequence. Only links whose share has grown in the meantime come back, into
 * a binary heap that stays small beside them.
 */
final class ShareQueue {

    private final RadixSort sort = new RadixSort();
    private long[] sortKey = new long[16];
    private double[] startShare = new double[16];
    private double[] sortedShare = new double[16];
    private int[] sortedLink = new int[16];
    private int sortedSize;
    private int cursor;

    private double[] heapShare = new double[16];
    private int[] heapLink = new int[16];
    private int heapSize;

    private double polledShare;

    /** Starts with the links of a component. */
    void start(IntStack links, double[] remaining, double[] openWeight) {
        sortedSize = links.size();
        cursor = 0;
        heapSize = 0;
        if (sortKey.length < sortedSize) {
            sortKey = new long[2 * sortedSize];
            startShare = new double[2 * sortedSize];
            sortedShare = new double[2 * sortedSize];
            sortedLink = new int[2 * sortedSize];
        }
        int positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(sortedSize);
        long positions = (1L << positionBits) - 1;
        for (int i = 0; i < sortedSize; i++) {
            startShare[i] = remaining[links.get(i)] / openWeight[links.get(i)];
            sortKey[i] = Double.doubleToRawLongBits(startShare[i]) & ~positions | i;
        }
        // The bits of non-negative doubles order like the doubles. The lowest ones make room for the position, so that
        // a sort of plain longs carries it along; shares that differ there only are put right afterwards.
        sortKey = sort.sort(sortKey, sortedSize, positionBits);
        for (int i = 0; i < sortedSize; i++) {
            int position = (int) (sortKey[i] & positions);
            insert(i, startShare[position], links.get(position));
        }
    }

    private void insert(int end, double share, int link) {
        int at = end;
        while (at > 0 && sortedShare[at - 1] > share) {
            sortedShare[at] = sortedShare[at - 1];
            sortedLink[at] = sortedLink[at - 1];
            at--;
        }
        sortedShare[at] = share;
        sortedLink[at] = link;
    }

    /** Takes out the link with the least share. */
    int poll() {
        if (heapSize > 0 && (cursor == sortedSize || heapShare[0] < sortedShare[cursor])) {
            int link = heapLink[0];
            polledShare = heapShare[0];
            heapSize--;
            sinkFromTop(heapShare[heapSize], heapLink[heapSize]);
            return link;
        }
        polledShare = sortedShare[cursor];
        return sortedLink[cursor++];
    }

    /** The share that the link polled last was entered with. */
    double polledShare() {
        return polledShare;
    }

    /** Puts a link back with a larger share. */
    void putBack(int link, double share) {
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
