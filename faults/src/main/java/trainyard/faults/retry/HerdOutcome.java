package trainyard.faults.retry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /**
     * Requests within one of the stretches of equal length that the time is cut into.
     *
     * @param startSeconds its start
     * @param endSeconds its end, the start of the next one
     * @param requests how many came, at least 1
     */
    public record Stretch(double startSeconds, double endSeconds, int requests) {}

    /** The stretches of some length within which requests came, in the order of time. */
    public List<Stretch> stretches(double seconds) {
        return stretches(arrivals, seconds);
    }

    /** Most requests within one stretch of some length. */
    public int peak(double stretchSeconds) {
        return peak(stretches(arrivals, stretchSeconds));
    }

    /** The same without first requests, which all come at once whatever the waits. */
    public int peakOfRetries(double stretchSeconds) {
        return peak(stretches(Arrays.copyOfRange(arrivals, clients, arrivals.length), stretchSeconds));
    }

    private static int peak(List<Stretch> stretches) {
        return stretches.stream().mapToInt(Stretch::requests).max().orElse(0);
    }

    private static List<Stretch> stretches(double[] ascending, double seconds) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        while (from < ascending.length) {
            long index = (long) (ascending[from] / seconds);
            int to = from;
            while (to < ascending.length && (long) (ascending[to] / seconds) == index) {
                to++;
            }
            stretches.add(new Stretch(index * seconds, (index + 1) * seconds, to - from));
            from = to;
        }
        return stretches;
    }
}
