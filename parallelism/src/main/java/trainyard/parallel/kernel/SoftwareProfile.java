package trainyard.parallel.kernel;

import java.util.Objects;
import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.Provenance;

/**
 * What differs between generations of training frameworks.
 *
 * @param name profile name, such as {@code megatron-2022}
 * @param attention how the attention core is computed
 * @param overlapTensorBackward whether the backward exchange of the tensor ranks runs beside the weight-gradient
 *     products
 * @param overlapPipeline whether stage-to-stage messages run beside compute; else both stages wait for them
 * @param scatterGatherPipeline whether each tensor rank sends only its share of a stage-to-stage message (Narayanan et
 *     al. 2021, section 4.1)
 * @param overlapGradients whether gradients are reduced in buckets beside the backward pass
 * @param gradientBytes bytes of one gradient element in the reduction and in memory
 * @param launchSeconds shortest time between the starts of two kernels of one stream
 * @param provenance source
 */
public record SoftwareProfile(
        String name,
        AttentionKernel attention,
        boolean overlapTensorBackward,
        boolean overlapPipeline,
        boolean scatterGatherPipeline,
        boolean overlapGradients,
        double gradientBytes,
        double launchSeconds,
        Provenance provenance) {

    public SoftwareProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(provenance, "provenance");
    }
}
