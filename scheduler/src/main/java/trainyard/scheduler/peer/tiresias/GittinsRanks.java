package trainyard.scheduler.peer.tiresias;

import java.util.Arrays;

/**
 * Its Gittins index over samples of the service of jobs: of a job with service a, the share of samples above a that end within
 * the next quantum over their mean service in it. It leaves a itself in that mean, counts the share from all samples above, and
 * takes the index at the sample before the first one above a.
 */
public final class GittinsRanks {

    /** GPU-seconds of a quantum. */
    private static final long QUANTUM = 3250;

    private static final long LAST = 0;

    private final long[] samples;
    private final long[] ranks;

    /**
     * @param samplesOfService GPU-seconds of jobs, in any order
     */
    public GittinsRanks(long[] samplesOfService) {
        samples = samplesOfService.clone();
        Arrays.sort(samples);
        ranks = new long[samples.length];
        for (int i = 0; i < samples.length; i++) {
            ranks[i] = rank(samples[i] - 1);
        }
    }

    private long rank(long attained) {
        int count = samples.length;
        int from = firstAbove(attained);
        int to = attained + QUANTUM > samples[count - 1] - 1 ? count - 1 : firstAbove(attained + QUANTUM);
        double left = count - from;
        double ends = rounded((to - from) / left, 5);
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i];
        }
        double mean = Math.floorDiv(sum + QUANTUM * (count - to), (long) (count - from));
        return Math.round(rounded(ends * 1_000_000 / mean, 4) * 10_000);
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.rint(value * scale) / scale;
    }

    private int firstAbove(long service) {
        int low = 0;
        int high = samples.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (samples[middle] > service) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The rank of a job with a service in GPU-seconds, in ten-thousandths. */
    long of(long service) {
        int above = firstAbove(service);
        return above == samples.length ? LAST : ranks[above];
    }
}
