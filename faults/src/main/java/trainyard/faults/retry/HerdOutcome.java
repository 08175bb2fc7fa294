package trainyard.faults.retry;

import java.util.Arrays;

/**
 * What became of a herd.
 *
 * @param outageSeconds how long the store could not be reached
 * @param served when each client that was served had what it wanted, in the order of time
 * @param gaveUp when each client that gave up did so, in the order of time
 * @param arrivals when each request came, in the order of time
 * @param clients how many there are; as many first requests come at the start
 */
public record HerdOutcome(double outageSeconds, double[] served, double[] gaveUp, double[] arrivals, int clients) {

    /** Share of the clients that were served. */
    public double servedShare() {
        return (double) served.length / clients;
    }

    /** Requests within each stretch of time of some length, from the start. */
    public int[] requests(double stretchSeconds) {
        return counts(arrivals, stretchSeconds);
    }

    /** Most requests within one such stretch. */
    public int peak(double stretchSeconds) {
        return Arrays.stream(requests(stretchSeconds)).max().orElse(0);
    }

    /** The same without first requests, which all come at once whatever the waits. */
    public int peakOfRetries(double stretchSeconds) {
        double[] retries = Arrays.copyOfRange(arrivals, clients, arrivals.length);
        return Arrays.stream(counts(retries, stretchSeconds)).max().orElse(0);
    }

    private static int[] counts(double[] ascending, double stretchSeconds) {
        int last = ascending.length == 0 ? -1 : (int) (ascending[ascending.length - 1] / stretchSeconds);
        int[] counts = new int[last + 1];
        for (double time : ascending) {
            counts[(int) (time / stretchSeconds)]++;
        }
        return counts;
    }
}
