package trainyard.parallel.kernel;

import trainyard.sim.hardware.calibration.ComputeFit;

/**
 * A matrix product whose time was taken from measured ones.
 *
 * @param fit of the measured ones
 * @param m rows, those of a batch of products together
 * @param n columns
 * @param k length of the sums
 * @param seconds that it takes
 */
public record MeasuredProduct(ComputeFit fit, double m, double n, double k, double seconds) {

    /** Whether it is larger or smaller than all that were measured. */
    public boolean isOutside() {
        return !fit.beyond(m, n, k).isEmpty();
    }
}
