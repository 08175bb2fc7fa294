package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.ElementKernels;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * BERT's two heads: every token is transformed by a product, GELU and norm before the product with the vocabulary; the
 * first token of each sequence by a product and tanh before the choice between two classes (Devlin et al. 2019, section
 * 3.1). Logits are computed for all tokens, as Megatron-LM and the public implementations do.
 *
 * @param hidden width of the residual stream
 * @param vocabulary rows of the table
 */
record BertHeadLayer(int hidden, int vocabulary) implements Layer {

    private static final int CLASSES = 2;

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
        double square = (double) hidden * hidden + hidden;
        double table = (double) vocabulary * (hidden + 1) / split.tensor();
        double classes = (double) hidden * CLASSES + CLASSES;
        return ParameterCount.dense(2 * square + NormKind.LAYER_NORM.parameters(hidden) + table + classes);
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double width = shard.precision().bytes() * hidden;
        double outside = shard.tokensOutside() * width;
        double pooled = shard.microBatch() * width;
        List<Operator> operators = new ArrayList<>();
        operators.add(Operator.MatrixMultiply.ofWeight("head transform", shard.tokensOutside(), hidden, hidden, outside)
                .unquantised());
        operators.add(DenseMlp.activation(
                false, shard.precision().bytes(), shard.tokensOutside() * hidden, ElementKernels.PLAIN));
        operators.addAll(new HeadLayer(hidden, vocabulary, NormKind.LAYER_NORM, false).operators(shard));
        operators.add(Operator.MatrixMultiply.ofWeight("pooler", shard.microBatch(), hidden, hidden, pooled)
                .unquantised());
        operators.add(Operator.Streaming.pass("pooler tanh", 2 * pooled, pooled));
        operators.add(Operator.MatrixMultiply.ofWeight("sentence order", shard.microBatch(), CLASSES, hidden, pooled)
                .unquantised());
        return operators;
    }
}
