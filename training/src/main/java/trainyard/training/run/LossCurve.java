package trainyard.training.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The losses of a run in the order of time.
 *
 * @param points at least the start
 */
public record LossCurve(List<LossPoint> points) {

    public LossCurve {
        points = List.copyOf(points);
    }

    /** The last loss. */
    public double last() {
        return points.get(points.size() - 1).loss();
    }

    /** When the loss first was at a target, in seconds; empty where it never was (the run is censored). */
    public OptionalDouble secondsTo(double target) {
        return to(target, LossPoint::seconds);
    }

    /** Examples applied until the loss first was at a target. */
    public OptionalDouble examplesTo(double target) {
        return to(target, LossPoint::examples);
    }

    /** Updates until the loss first was at a target. */
    public OptionalDouble updatesTo(double target) {
        return to(target, LossPoint::updates);
    }

    /** Bytes sent until the loss first was at a target. */
    public OptionalDouble bytesTo(double target) {
        return to(target, LossPoint::sentBytes);
    }

    /** Straight between the two points around the target, in the logarithm of the loss where both are positive. */
    private OptionalDouble to(double target, ToDoubleFunction<LossPoint> measure) {
        for (int i = 0; i < points.size(); i++) {
            LossPoint at = points.get(i);
            if (at.loss() <= target) {
                return OptionalDouble.of(
                        i == 0 ? measure.applyAsDouble(at) : between(points.get(i - 1), at, target, measure));
            }
        }
        return OptionalDouble.empty();
    }

    private static double between(LossPoint before, LossPoint at, double target, ToDoubleFunction<LossPoint> measure) {
        double share = target > 0 && at.loss() > 0
                ? Math.log(before.loss() / target) / Math.log(before.loss() / at.loss())
                : (before.loss() - target) / (before.loss() - at.loss());
        double from = measure.applyAsDouble(before);
        return from + share * (measure.applyAsDouble(at) - from);
    }
}
