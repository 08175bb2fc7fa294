package trainyard.scheduler.peer.fgd;

import java.util.Arrays;

/**
 * GPU shares in per cent of capacity by how much had arrived, in whole per cent of capacity: the mean over the moments that round to
 * it, each rounded to two digits, as the authors' scripts do.
 */
public final class AllocationCurve {

    private static final int MOST_PERCENT = 1000;
    private static final double TWO_DIGITS = 100;

    private final double[] allocated = new double[MOST_PERCENT];
    private final double[] fragmented = new double[MOST_PERCENT];
    private final int[] moments = new int[MOST_PERCENT];

    void add(double arrivedPercent, double allocatedPercent, double fragmentedPercent) {
        int at = (int) Math.rint(arrivedPercent);
        allocated[at] += Math.rint(allocatedPercent * TWO_DIGITS) / TWO_DIGITS;
        fragmented[at] += fragmentedPercent;
        moments[at]++;
    }

    /** What was allocated when so much had arrived. */
    public double allocatedAt(int percent) {
        return at(allocated, percent);
    }

    /** What was fragmented, of all GPUs. */
    public double fragmentedAt(int percent) {
        return at(fragmented, percent);
    }

    /** Where no moment rounds to it, those one per cent before and behind count. */
    private double at(double[] values, int percent) {
        int from = moments[percent] > 0 ? percent : Math.max(0, percent - 1);
        int to = moments[percent] > 0 ? percent : percent + 1;
        int count = Arrays.stream(moments, from, to + 1).sum();
        return Arrays.stream(values, from, to + 1).sum() / count;
    }
}
