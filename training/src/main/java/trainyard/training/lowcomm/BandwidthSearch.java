package trainyard.training.lowcomm;

import java.util.OptionalDouble;

/**
 * Which bandwidth a replica needs to compute for a given share of its time. More bandwidth never makes a schedule slower, so the
 * answer is found by halving.
 *
 * @param model what is trained
 * @param plan what is exchanged
 * @param latencySeconds of the link
 */
public record BandwidthSearch(LayeredModel model, ExchangePlan plan, double latencySeconds) {

    private static final double PRECISION = 1e-4;

    /** Utilization with a link of so many bit/s. */
    public double utilization(double bitsPerSecond) {
        return ExchangeSchedule.of(model, plan, new SiteLink(bitsPerSecond, latencySeconds))
                .utilization();
    }

    /**
     * The least bandwidth that suffices, in bit/s to one part in ten thousand.
     *
     * @param target utilization, between 0 and 1
     * @param range where to look
     * @return empty where the largest of the range does not suffice; the least of the range where that does
     */
    public OptionalDouble least(double target, BandwidthGrid range) {
        int above = firstAbove(target, range);
        if (above == range.points()) {
            return OptionalDouble.empty();
        }
        if (above == 0) {
            return OptionalDouble.of(range.at(0));
        }
        double low = range.at(above - 1);
        double high = range.at(above);
        while (high > low * (1 + PRECISION)) {
            double middle = Math.sqrt(low * high);
            if (utilization(middle) >= target) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    /** The index of the first point of a grid that suffices; the number of points where none does. */
    public int firstAbove(double target, BandwidthGrid grid) {
        int low = -1;
        int high = grid.points();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (utilization(grid.at(middle)) >= target) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
