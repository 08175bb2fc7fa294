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
 * Predicts one token further ahead (multi-token prediction, DeepSeek-V3, section 2.2): the norms of the stream and of the
 * next token's embedding side by side, projected to the width of the stream, then one more transformer layer. Embedding
 * table and head are the model's own.
 *
 * @param transformer the layer after the projection
 */
record TokenPredictionLayer(TransformerLayer transformer) implements Layer {

    @Override
    public String kind() {
        return "token prediction";
    }

    @Override
    public LayerRole role() {
        return LayerRole.BLOCK;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        double hidden = transformer.hidden();
        // Both input norms and the final norm before the shared head.
        double norms = 3 * transformer.style().norm().parameters(transformer.hidden());
        return transformer
                .parametersPerRank(split)
                .plus(ParameterCount.dense(2 * hidden * hidden / split.tensor() + norms));
    }

    @Override
    public double inputElements(Shard shard) {
        return transformer.inputElements(shard);
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double hidden = transformer.hidden();
        double outside = shard.precision().bytes() * shard.tokensOutside() * hidden;
        List<Operator> operators = new ArrayList<>();
        operators.add(new Operator.Norm("prediction norms", 2 * outside, 2 * outside));
        TensorRegion.enter("prediction gather", 2 * hidden, shard, operators);
        operators.add(Operator.MatrixMultiply.ofWeight(
                "prediction projection", shard.tokens(), hidden / shard.tensor(), 2 * hidden, 2 * outside));
        TensorRegion.leave("prediction split", hidden, shard, operators);
        operators.addAll(transformer.operators(shard));
        return operators;
    }
}
