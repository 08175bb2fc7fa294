package trainyard.parallel.model.packing;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator.FlashAttention;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** A decoder that is trained on samples packed into sequences, each token of which attends to its own sample alone. */
public final class PackedModel implements Model {

    private final Model base;
    private final List<Layer> layers;

    private PackedModel(Model base, double sampleLength) {
        this.base = Objects.requireNonNull(base, "base");
        // Equal layers stay one object, so that each is priced once.
        Map<Layer, Layer> known = new IdentityHashMap<>();
        this.layers = base.layers().stream()
                .map(layer -> known.computeIfAbsent(layer, one -> new PackedLayer(one, sampleLength)))
                .toList();
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
    public String name() {
        return base.name();
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public double tiedParameters() {
        return base.tiedParameters();
    }

    @Override
    public int heads() {
        return base.heads();
    }

    @Override
    public int experts() {
        return base.experts();
    }

    @Override
    public boolean dividesInto(int tensorRanks) {
        return base.dividesInto(tensorRanks);
    }

    @Override
    public double activeParameters() {
        return base.activeParameters();
    }
}
