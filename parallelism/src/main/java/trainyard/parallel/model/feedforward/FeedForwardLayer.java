package trainyard.parallel.model.feedforward;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * Operations that stay together on a pipeline stage. Tensor ranks do not split them.
 *
 * @param kind label
 * @param role where it stands
 * @param input elements of one image's input
 * @param operations in the order of the forward pass
 */
record FeedForwardLayer(String kind, LayerRole role, double input, List<Operation> operations) implements Layer {

    FeedForwardLayer {
        operations = List.copyOf(operations);
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return ParameterCount.dense(
                operations.stream().mapToDouble(Operation::parameters).sum());
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.microBatch() * input;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        List<Operator> operators = new ArrayList<>();
        for (Operation operation : operations) {
            operation.addOperators(shard.microBatch(), shard.precision().bytes(), operators);
        }
        return operators;
    }
}
