package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * A layer over sequences of a length of its own, whatever the batch says: the patches of an image, the target of a
 * translation.
 *
 * @param layer what is computed
 * @param sequence tokens of a sequence
 */
record ResizedLayer(Layer layer, int sequence) implements Layer {

    @Override
    public String kind() {
        return layer.kind();
    }

    @Override
    public LayerRole role() {
        return layer.role();
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return layer.parametersPerRank(split);
    }

    @Override
    public double inputElements(Shard shard) {
        return layer.inputElements(shard.withSequence(sequence));
    }

    @Override
    public List<Operator> operators(Shard shard) {
        return layer.operators(shard.withSequence(sequence));
    }
}
