package trainyard.parallel.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.GemmPoint;
import trainyard.sim.hardware.calibration.ShapeRange;

/**
 * The shape model of matrix products, scaled by what was measured near the shape.
 *
 * <p>The time is the modelled one times measured over modelled, where the ratio is interpolated between the measured
 * shapes rather than the time: the ratio of two times that both know the size of the product varies slowly, and the
 * steps of tiles and waves between two measured shapes, which no interpolation of times could know, stay modelled. With
 * single products in the profile the logarithm of the ratio is interpolated over log m, log n and log k with weights of
 * one over the squared distance (D. Shepard, ACM National Conference, 1968), so that measured shapes come out as
 * measured; with a fitted curve only, the ratio is taken at the shape, or at the nearest shape that the fit covers.
 *
 * <p>A batch of products is held against one product of as many rows as all have together. Measured times run from one
 * product to the next; the gap to the next kernel, which the caller adds, is taken off.
 */
final class CalibratedGemm {

    private final GemmModel model;
    private final KernelCalibration calibration;
    private final double gapSeconds;
    private final Consumer<MeasuredProduct> told;

    /**
     * @param told hears of each product whose time is taken from measured ones
     */
    CalibratedGemm(GemmModel model, KernelCalibration calibration, double gapSeconds, Consumer<MeasuredProduct> told) {
        this.model = model;
        this.calibration = calibration;
        this.gapSeconds = gapSeconds;
        this.told = told;
    }

    /** Seconds of one kernel without the gap to the next; parameters as {@link GemmModel#seconds}. */
    double seconds(double batch, double m, double n, double k, Precision precision, double outputBytes) {
        return calibrated(model.seconds(batch, m, n, k, precision, outputBytes), batch * m, n, k, precision);
    }

    /** The same of a gradient; parameters as {@link GemmModel#gradientSeconds}. */
    double gradientSeconds(double batch, double m, double n, double k, Precision precision, double outputBytes) {
        return calibrated(model.gradientSeconds(batch, m, n, k, precision, outputBytes), batch * m, n, k, precision);
    }

    private double calibrated(double seconds, double rows, double n, double k, Precision precision) {
        double modelled = seconds * calibration.productTime() + gapSeconds;
        Optional<ComputeFit> measured = calibration.products(precision);
        double ratio = measured.map(fit -> ratio(fit, rows, n, k, precision)).orElse(1.0);
        double result = Math.max(0, modelled * ratio - gapSeconds);
        measured.ifPresent(fit -> told.accept(new MeasuredProduct(fit, rows, n, k, result)));
        return result;
    }

    private double ratio(ComputeFit fit, double m, double n, double k, Precision precision) {
        if (fit.points().isEmpty()) {
            ShapeRange valid = fit.valid();
            double nearM = clamp(m, valid.leastM(), valid.mostM());
            double nearN = clamp(n, valid.leastN(), valid.mostN());
            double nearK = clamp(k, valid.leastK(), valid.mostK());
            return fit.seconds(nearM, nearN, nearK) / modelled(nearM, nearN, nearK, precision);
        }
        return interpolated(fit.points(), m, n, k, precision);
    }

    private double interpolated(List<GemmPoint> points, double m, double n, double k, Precision precision) {
        double weights = 0;
        double sum = 0;
        for (GemmPoint point : points) {
            double ratio = point.seconds() / modelled(point.m(), point.n(), point.k(), precision);
            double distance = square(m / point.m()) + square(n / point.n()) + square(k / point.k());
            if (distance == 0) {
                return ratio;
            }
            weights += 1 / distance;
            sum += Math.log(ratio) / distance;
        }
        return Math.exp(sum / weights);
    }

    private double modelled(double m, double n, double k, Precision precision) {
        return model.seconds(1, m, n, k, precision, precision.bytes()) + gapSeconds;
    }

    private static double square(double ratio) {
        double log = Math.log(ratio);
        return log * log;
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
