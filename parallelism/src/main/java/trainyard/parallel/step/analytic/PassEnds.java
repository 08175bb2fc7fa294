package trainyard.parallel.step.analytic;

import java.util.Arrays;

/** When passes are over, one after another in the order of a row, behind the start of the step. Not thread-safe. */
final class PassEnds {

    private double[] seconds = new double[1024];
    private int written;

    /** Forgets all passes; the step starts at 0. */
    void clear() {
        seconds[0] = 0;
        written = 1;
    }

    /** Passes so far, and the start. */
    int written() {
        return written;
    }

    /** Room for so many more, which are taken as written. Valid until the next call. */
    double[] extend(int passes) {
        int needed = written + passes;
        if (seconds.length < needed) {
            seconds = Arrays.copyOf(seconds, Math.max(needed, 2 * seconds.length));
        }
        written = needed;
        return seconds;
    }

    /** What is written. Valid until the next call of {@link #extend}. */
    double[] seconds() {
        return seconds;
    }
}
