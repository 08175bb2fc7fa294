package trainyard.training.gradient;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to each gradient before it changes parameters.
 *
 * @param clipNorm norm to which workers clip, positive; empty: they do not
 * @param compressing how what workers send is made smaller; empty: it is not
 * @param delayCompensation lambda of DC-ASGD, 0 or more; empty: delays are not compensated
 */
public record GradientPath(
        OptionalDouble clipNorm, Optional<Compressing> compressing, OptionalDouble delayCompensation) {

    /** Gradients count as they are. */
    public static final GradientPath PLAIN =
            new GradientPath(OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());

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
        return new GradientPath(OptionalDouble.of(norm), compressing, delayCompensation);
    }

    /** The same with smaller messages. */
    public GradientPath withCompressing(Compressing other) {
        return new GradientPath(clipNorm, Optional.of(other), delayCompensation);
    }

    /** The same with compensation of delays. */
    public GradientPath withDelayCompensation(double lambda) {
        return new GradientPath(clipNorm, compressing, OptionalDouble.of(lambda));
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
