package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * Final norm and the class of each image from its first token (Dosovitskiy et al. 2021, section 3.1).
 *
 * @param hidden width of the residual stream
 * @param classes classes to tell apart
 */
record ClassHeadLayer(int hidden, int classes) implements Layer {

    @Override
    public String kind() {
        return "head";
    }

    @Override
    public LayerRole role() {
        return LayerRole.HEAD;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return ParameterCount.dense(NormKind.LAYER_NORM.parameters(hidden) + (double) classes * (hidden + 1));
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double p = shard.precision().bytes();
        double stream = p * shard.tokensOutside() * hidden;
        double logits = 4.0 * shard.microBatch() * classes;
        return List.of(
                new Operator.Norm("final norm", stream, stream),
                Operator.MatrixMultiply.ofWeight(
                        "classes", shard.microBatch(), classes, hidden, p * shard.microBatch() * hidden),
                new Operator.Streaming("cross entropy", 3 * logits, 2 * logits, 2, 1, false, logits));
    }
}
