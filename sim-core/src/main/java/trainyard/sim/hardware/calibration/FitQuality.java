package trainyard.sim.hardware.calibration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How well a fit reproduces its samples.
 *
 * @param samples samples fitted
 * @param heldOut samples kept out of the fit, over which the errors are
 * @param meanPercent mean absolute error in percent
 * @param medianPercent median absolute error in percent
 * @param p90Percent error that nine of ten samples stay below, in percent
 * @param maxPercent largest error in percent
 * @param loss what the fit minimised
 * @param ci95 95 % confidence intervals of fitted constants by their key in the file
 */
public record FitQuality(
        int samples,
        int heldOut,
        double meanPercent,
        double medianPercent,
        double p90Percent,
        double maxPercent,
        String loss,
        Map<String, Interval> ci95) {

    /**
     * Bounds of a constant, in its unit.
     *
     * @param low lower end
     * @param high upper end
     */
    public record Interval(double low, double high) {}

    public FitQuality {
        Objects.requireNonNull(loss, "loss");
        ci95 = Collections.unmodifiableMap(new LinkedHashMap<>(ci95));
    }
}
