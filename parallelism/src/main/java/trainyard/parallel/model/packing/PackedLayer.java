package trainyard.parallel.model.packing;

import java.util.List;
import trainyard.parallel.model.DerivedLayer;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.FlashAttention;
import trainyard.parallel.model.Shard;

/**
 * A layer on packed samples: fused attention works on blocks along the diagonal (variable-length FlashAttention, Dao 2023), as many
 * as there are samples; what it keeps and all other operators stay.
 *
 * @param base the layer
 * @param sampleLength tokens of the sample that a token lies in, in the mean over tokens
 */
record PackedLayer(Layer base, double sampleLength) implements DerivedLayer {

    @Override
    public List<Operator> operators(Shard shard) {
        return base.operators(shard).stream().map(this::packed).toList();
    }

    private Operator packed(Operator operator) {
        if (!(operator instanceof FlashAttention core) || !core.causal() || core.keys() <= sampleLength) {
            return operator;
        }
        double samples = core.keys() / sampleLength;
        // The window of w of s tokens whose share of the scores is r (1 - r / 2) with r = w / s.
        double window = core.keys() * (1 - Math.sqrt(Math.max(0, 1 - 2 * core.visibleShare())));
        double seen = Math.min(1, window / sampleLength);
        return new FlashAttention(
                core.name(),
                core.batch() * samples,
                core.queries() / samples,
                sampleLength,
                core.headSize(),
                core.valueSize(),
                true,
                seen * (1 - seen / 2),
                core.kernel(),
                core.savedBytes());
    }
}
