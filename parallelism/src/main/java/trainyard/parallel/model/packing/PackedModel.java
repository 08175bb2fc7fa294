package trainyard.parallel.model.packing;

import java.util.List;
import java.util.Objects;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.DerivedModel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator.FlashAttention;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** A decoder that is trained on samples packed into sequences, each token of which attends to its own sample alone. */
public final class PackedModel implements DerivedModel {

    private final Model base;
    private final List<Layer> layers;

    private PackedModel(Model base, double sampleLength) {
        this.base = Objects.requireNonNull(base, "base");
        this.layers = DerivedModel.layers(base, layer -> new PackedLayer(layer, sampleLength));
    }

    /**
     * The model on packed samples.
     *
     * @param sampleLength tokens of the sample that a token lies in, in the mean over tokens: with samples of lengths {@code l} that
     *     is {@code sum l^2 / sum l}, since a sample of {@code l} tokens has {@code l^2} scores; at least 1
     * @throws IllegalArgumentException if the length is less, or the model has no causal attention
     */
    public static PackedModel of(Model base, double sampleLength) {
        if (!(sampleLength >= 1)) {
            throw new IllegalArgumentException("samples have at least one token, not " + sampleLength);
        }
        Shard two = new Shard(1, 2, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2);
        boolean decodes = base.layers().stream()
                .distinct()
                .flatMap(layer -> layer.operators(two).stream())
                .anyMatch(operator -> operator instanceof FlashAttention core && core.causal());
        if (!decodes) {
            throw new IllegalArgumentException(
                    base.name() + " has no causal attention, so it is no model for packed samples");
        }
        return new PackedModel(base, sampleLength);
    }

    @Override
    public Model base() {
        return base;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }
}
