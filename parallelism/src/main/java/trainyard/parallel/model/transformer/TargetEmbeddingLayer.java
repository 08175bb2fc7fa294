package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * The entrance of a decoder behind an encoder: norm of the encoder's result, which all decoder layers read, and embedding
 * of the target by the encoder's table.
 *
 * @param hidden width of the residual stream
 * @param biasParameters parameters of the decoder's relative position biases
 * @param targetLength tokens of a target sequence
 */
record TargetEmbeddingLayer(int hidden, double biasParameters, int targetLength) implements Layer {

    @Override
    public String kind() {
        return "target embedding";
    }

    @Override
    public LayerRole role() {
        return LayerRole.INPUT;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return ParameterCount.dense(NormKind.RMS_NORM.parameters(hidden) + biasParameters);
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double source = shard.precision().bytes() * shard.tokensOutside() * hidden;
        List<Operator> operators = new ArrayList<>();
        // Input and result of the norm are kept: the result is what every cross attention reads.
        operators.add(new Operator.Norm("encoder norm", source, 2 * source));
        operators.addAll(new EmbeddingLayer(hidden, 1, 0, 0, true).operators(shard.withSequence(targetLength)));
        return operators;
    }
}
