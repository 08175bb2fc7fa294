package trainyard.parallel.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.ElementKernels;
import trainyard.parallel.model.LossKernel;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;

/**
 * What differs between generations of training frameworks.
 *
 * @param name profile name, such as {@code megatron-2022}
 * @param attention how the attention core is computed
 * @param norm which layer-norm kernel runs
 * @param features what the framework does beside the plain way, in the order of the enum
 * @param gradients how gradients are kept and reduced
 * @param host what the GPU waits for the host
 * @param optimizerBytesPerParameter device-memory traffic of the optimizer step per parameter that a rank updates
 * @param provenance source
 */
public record SoftwareProfile(
        String name,
        AttentionKernel attention,
        NormKernel norm,
        Set<SoftwareFeature> features,
        Gradients gradients,
        HostCosts host,
        double optimizerBytesPerParameter,
        Provenance provenance) {

    /**
     * How gradients are kept and reduced.
     *
     * @param bytesPerElement bytes of one gradient element in memory and in the reduction, above 0
     * @param bucketBytes size of a bucket of the overlapped reduction, above 0
     */
    public record Gradients(double bytesPerElement, double bucketBytes) {

        public Gradients {
            if (!(bytesPerElement > 0) || !(bucketBytes > 0)) {
                throw new IllegalArgumentException("gradients need positive sizes, got " + bytesPerElement
                        + " bytes per element in buckets of " + bucketBytes + " bytes");
            }
        }
    }

    public SoftwareProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(norm, "norm");
        Objects.requireNonNull(gradients, "gradients");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(provenance, "provenance");
        EnumSet<SoftwareFeature> copy = EnumSet.noneOf(SoftwareFeature.class);
        copy.addAll(features);
        features = Collections.unmodifiableSet(copy);
    }

    public boolean has(SoftwareFeature feature) {
        return features.contains(feature);
    }

    /** How the cross entropy over the vocabulary is computed. */
    public LossKernel loss() {
        if (has(SoftwareFeature.FUSED_LOSS)) {
            return LossKernel.FUSED;
        }
        if (has(SoftwareFeature.FUSED_LOSS_WITH_METRICS)) {
            return LossKernel.FUSED_WITH_METRICS;
        }
        return has(SoftwareFeature.PYTORCH_LOSS) ? LossKernel.PYTORCH : LossKernel.SPLIT_VOCABULARY;
    }

    /** How the kernels between the products of a layer run. */
    public ElementKernels elementKernels() {
        return new ElementKernels(
                has(SoftwareFeature.BIAS_APART),
                has(SoftwareFeature.GELU_STEPS_WRITTEN),
                has(SoftwareFeature.RESIDUAL_BIAS_APART),
                has(SoftwareFeature.NVFUSER_GELU),
                has(SoftwareFeature.GATE_AGAIN),
                has(SoftwareFeature.SCALED_ROTARY_APART),
                has(SoftwareFeature.COMPLEX_ROTARY),
                has(SoftwareFeature.REPEATED_KEY_VALUES),
                has(SoftwareFeature.MERGED_PARTS));
    }

    /** This profile on a host that takes other times. */
    public SoftwareProfile with(HostCosts otherHost) {
        return new SoftwareProfile(
                name, attention, norm, features, gradients, otherHost, optimizerBytesPerParameter, provenance);
    }

    /** This profile with buckets of another size for the overlapped reduction of gradients. */
    public SoftwareProfile withBucketBytes(double bytes) {
        return new SoftwareProfile(
                name,
                attention,
                norm,
                features,
                new Gradients(gradients.bytesPerElement(), bytes),
                host,
                optimizerBytesPerParameter,
                provenance);
    }

    /** This profile with or without something that the framework does beside the plain way. */
    public SoftwareProfile with(SoftwareFeature feature, boolean wanted) {
        EnumSet<SoftwareFeature> changed = EnumSet.noneOf(SoftwareFeature.class);
        changed.addAll(features);
        if (wanted) {
            changed.add(feature);
        } else {
            changed.remove(feature);
        }
        return new SoftwareProfile(
                name, attention, norm, changed, gradients, host, optimizerBytesPerParameter, provenance);
    }

    /**
     * What the framework does at a precision: bf16 gradients, which keep 8 bits of mantissa, are summed in 32 bits
     * (Megatron-LM arguments.py, accumulate_allreduce_grads_in_fp32; DeepSpeed BF16_Optimizer), unless the framework is told
     * otherwise.
     */
    public SoftwareProfile at(PrecisionRecipe precision) {
        if (has(SoftwareFeature.SIXTEEN_BIT_SUMS)
                || precision.storage() != Precision.BF16
                || gradients.bytesPerElement() >= Precision.FP32.bytes()) {
            return this;
        }
        return new SoftwareProfile(
                name,
                attention,
                norm,
                features,
                new Gradients(Precision.FP32.bytes(), gradients.bucketBytes()),
                host,
                optimizerBytesPerParameter,
                provenance);
    }
}
