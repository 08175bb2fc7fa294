package trainyard.parallel.model.example;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/** {@code rows} vectors of an image projected from {@code inputs} to {@code outputs} values, after a norm or not. */
record ProjectionLayer(String kind, LayerRole role, int rows, int inputs, int outputs, int normParameters)
        implements Layer {

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return ParameterCount.dense((double) outputs * (inputs + 1) + normParameters);
    }

    @Override
    public double inputElements(Shard shard) {
        return (double) shard.microBatch() * rows * inputs;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double bytes = shard.precision().bytes() * inputElements(shard);
        return List.of(
                Operator.MatrixMultiply.ofWeight(kind, (double) shard.microBatch() * rows, outputs, inputs, bytes));
    }
}
