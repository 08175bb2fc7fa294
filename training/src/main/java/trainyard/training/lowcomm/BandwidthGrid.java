package trainyard.training.lowcomm;

/**
 * Bandwidths at equal ratios, as experiments try them.
 *
 * @param least first, in bit/s
 * @param most last, in bit/s
 * @param points number of points, 2 or more
 */
public record BandwidthGrid(double least, double most, int points) {

    public BandwidthGrid {
        if (!(least > 0) || !(most > least) || points < 2) {
            throw new IllegalArgumentException("a grid needs two points or more and a positive range");
        }
    }

    /** Point of an index from 0, in bit/s. */
    public double at(int index) {
        return least * Math.pow(most / least, index / (points - 1.0));
    }
}
