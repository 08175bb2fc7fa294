package trainyard.training.calibration.fit;

import java.util.Arrays;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import trainyard.sim.hardware.calibration.FitQuality;

/** Absolute relative errors of predictions, in percent. */
public final class Errors {

    static final String LOSS = "relative-L1";

    private static final double PERCENT = 100;
    private static final double NINE_OF_TEN = 90;
    private static final double HALF = 50;

    private Errors() {}

    /** {@code 100 |predicted - measured| / measured}. */
    public static double percent(double predicted, double measured) {
        return PERCENT * Math.abs(predicted - measured) / measured;
    }

    /**
     * The errors told together.
     *
     * @param fitted samples in the fit
     * @param percents errors of samples that are not, or of the fitted ones where all were needed; at least one
     * @param heldOut how many were kept out of the fit
     */
    static FitQuality quality(int fitted, int heldOut, double[] percents, Map<String, FitQuality.Interval> ci95) {
        return new FitQuality(
                fitted,
                heldOut,
                Arrays.stream(percents).average().orElseThrow(),
                percentile(percents, HALF),
                percentile(percents, NINE_OF_TEN),
                Arrays.stream(percents).max().orElseThrow(),
                LOSS,
                ci95);
    }

    /** A percentile with linear interpolation between the samples. */
    static double percentile(double[] values, double percent) {
        return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
    }
}
