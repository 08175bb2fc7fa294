package trainyard.cli;

import java.util.List;
import java.util.Locale;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.recording.RecordedRun;

/**
 * Mean times of an update in runs of one design, in seconds.
 *
 * @param runs how many there are
 * @param low the shortest
 * @param median the median
 * @param high the longest
 */
record MeasuredRange(int runs, double low, double median, double high) {

    /** Of at least one run. */
    static MeasuredRange of(List<RecordedRun> runs) {
        Quantiles times = new Quantiles(
                runs.stream().mapToDouble(RecordedRun::secondsPerUpdate).toArray());
        return new MeasuredRange(runs.size(), times.quantile(0), times.median(), times.quantile(1));
    }

    /** The range, and how a simulated time lies to it; without the latter where that is no number. */
    String beside(double simulated) {
        String measured = "an update took " + text(median)
                + (runs == 1 ? "" : " in the median of " + runs + " runs, from " + text(low) + " to " + text(high));
        if (!Double.isFinite(simulated)) {
            return measured;
        }
        String place = runs == 1
                ? ""
                : simulated < low ? "below that range, " : simulated > high ? "above that range, " : "in that range, ";
        return measured + "; simulated " + text(simulated) + ", "
                + String.format(
                        Locale.ROOT,
                        "%s%+.1f %% against %s",
                        place,
                        100 * (simulated / median - 1),
                        runs == 1 ? "it" : "the median");
    }

    private static String text(double seconds) {
        return Units.format(seconds, Dimension.DURATION);
    }
}
