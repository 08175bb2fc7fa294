package trainyard.training.gradient;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to each gradient before it changes parameters.
 *
 * @param clipNorm norm to which workers clip, positive; empty: they do not
 * @param compressing how what workers send is made smaller; empty: it is not
 * @param delayCompensation lambda of DC-ASGD, 0 or more; empty: delays are not compensated
 * @param measuresDistance whether the way between the parameters read and those changed is measured, at the cost of one more
 *     pass over them for each gradient
 */
public record GradientPath(
        OptionalDouble clipNorm,
        Optional<Compressing> compressing,
        OptionalDouble delayCompensation,
        boolean measuresDistance) {

    /** Gradients count as they are. */
    public static final GradientPath PLAIN =
            new GradientPath(OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty(), false);

    public GradientPath {
        if (clipNorm.isPresent() && !(clipNorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("the norm to clip to (" + clipNorm.getAsDouble() + ") must be positive");
        }
        if (delayCompensation.isPresent() && !(delayCompensation.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(
                    "lambda of delay compensation (" + delayCompensation.getAsDouble() + ") must be 0 or more");
        }
    }

    /** The same with clipping at a norm. */
    public GradientPath withClipNorm(double norm) {
        return new GradientPath(OptionalDouble.of(norm), compressing, delayCompensation, measuresDistance);
    }

    /** The same with smaller messages. */
    public GradientPath withCompressing(Compressing other) {
        return new GradientPath(clipNorm, Optional.of(other), delayCompensation, measuresDistance);
    }

    /** The same with compensation of delays. */
    public GradientPath withDelayCompensation(double lambda) {
        return new GradientPath(clipNorm, compressing, OptionalDouble.of(lambda), measuresDistance);
    }

    /** The same, measuring how far parameters have moved. */
    public GradientPath measuringDistance() {
        return new GradientPath(clipNorm, compressing, delayCompensation, true);
    }

    /** What workers do to a gradient, in place. */
    public void atWorker(double[] gradient) {
        if (clipNorm.isPresent()) {
            NormClipping.clip(gradient, clipNorm.getAsDouble());
        }
    }

    /**
     * What is done to a gradient where it is applied, in place.
     *
     * @param read parameters at which it was computed
     * @param now parameters that it changes
     */
    public void whereApplied(double[] gradient, double[] read, double[] now) {
        if (delayCompensation.isPresent() && read != now) {
            DelayCompensation.compensate(gradient, delayCompensation.getAsDouble(), read, now);
        }
    }
}
