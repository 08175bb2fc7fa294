package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.DerivedLayer;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;

/**
 * A layer over sequences of a length of its own, whatever the batch says: the patches of an image, the target of a
 * translation.
 *
 * @param base what is computed
 * @param sequence tokens of a sequence
 */
record ResizedLayer(Layer base, int sequence) implements DerivedLayer {

    @Override
    public double inputElements(Shard shard) {
        return base.inputElements(shard.withSequence(sequence));
    }

    @Override
    public double bypassingElements(Shard shard) {
        return base.bypassingElements(shard.withSequence(sequence));
    }

    @Override
    public List<Operator> operators(Shard shard) {
        return base.operators(shard.withSequence(sequence));
    }
}
