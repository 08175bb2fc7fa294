package trainyard.parallel.kernel;

import java.util.Objects;
import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.Provenance;

/**
 * What differs between generations of training frameworks.
 *
 * @param name profile name, such as {@code megatron-2022}
 * @param attention how the attention core is computed
 * @param norm which layer-norm kernel runs
 * @param overlapTensorBackward whether the backward exchange of the tensor ranks runs beside the weight-gradient
 *     products
 * @param overlapPipeline whether stage-to-stage messages run beside compute; else both stages wait for them
 * @param scatterGatherPipeline whether each tensor rank sends only its share of a stage-to-stage message (Narayanan et
 *     al. 2021, section 4.1)
 * @param overlapGradients whether gradients are reduced in buckets beside the backward pass
 * @param bucketBytes size of such a bucket
 * @param fusedGradientAccumulation whether the weight-gradient product adds to the gradient buffer itself
 * @param gradientBytes bytes of one gradient element in memory and in the reduction
 * @param optimizerBytesPerParameter device-memory traffic of the optimizer step per parameter that a rank updates
 * @param launchSeconds host time to launch one kernel; bounds small layers
 * @param messageSyncSeconds GPU idle time after a blocking stage-to-stage message, while the host resumes and launches
 * @param provenance source
 */
public record SoftwareProfile(
        String name,
        AttentionKernel attention,
        NormKernel norm,
        boolean overlapTensorBackward,
        boolean overlapPipeline,
        boolean scatterGatherPipeline,
        boolean overlapGradients,
        double bucketBytes,
        boolean fusedGradientAccumulation,
        double gradientBytes,
        double optimizerBytesPerParameter,
        double launchSeconds,
        double messageSyncSeconds,
        Provenance provenance) {

    public SoftwareProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(provenance, "provenance");
    }

    /** The same framework with gradients of another width. */
    public SoftwareProfile withGradientBytes(double bytes) {
        return new SoftwareProfile(
                name,
                attention,
                norm,
                overlapTensorBackward,
                overlapPipeline,
                scatterGatherPipeline,
                overlapGradients,
                bucketBytes,
                fusedGradientAccumulation,
                bytes,
                optimizerBytesPerParameter,
                launchSeconds,
                messageSyncSeconds,
                provenance);
    }
}
