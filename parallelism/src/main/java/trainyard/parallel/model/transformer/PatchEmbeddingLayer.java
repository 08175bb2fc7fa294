package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * Patches of three colours projected to the width of the stream, a class token in front, learned positions added
 * (Dosovitskiy et al. 2021, section 3.1). Every tensor rank does the whole.
 *
 * @param hidden width of the residual stream
 * @param patchSize pixels of a patch's side
 * @param tokens patches and class token of an image
 */
record PatchEmbeddingLayer(int hidden, int patchSize, int tokens) implements Layer {

    private static final int COLOURS = 3;

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public LayerRole role() {
        return LayerRole.INPUT;
    }

    private double valuesPerPatch() {
        return (double) COLOURS * patchSize * patchSize;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        // Projection with bias, class token, positions.
        return ParameterCount.dense(hidden * (valuesPerPatch() + 1 + 1 + tokens));
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * valuesPerPatch();
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double p = shard.precision().bytes();
        double patches = (double) shard.microBatch() * (tokens - 1);
        double pixels = patches * valuesPerPatch();
        double elements = shard.tokensOutside() * hidden;
        return List.of(
                new Operator.Convolution("patches", 1, patches, hidden, valuesPerPatch(), false, p * pixels),
                new Operator.Streaming(
                        "position add and dropout",
                        (5 * p + 1) * elements,
                        (2 * p + 1) * elements,
                        2,
                        2,
                        false,
                        elements));
    }
}
