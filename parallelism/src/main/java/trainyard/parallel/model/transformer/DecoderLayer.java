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
 * A decoder layer behind an encoder: causal self-attention, cross attention to the encoder's result, MLP (Vaswani et al.
 * 2017, section 3.1).
 *
 * @param hidden width of the residual stream
 * @param attention heads of both attentions
 * @param mlp MLP
 * @param style what all layers have in common
 * @param targetLength tokens of a target sequence
 */
record DecoderLayer(int hidden, GroupedQueryAttention attention, DenseMlp mlp, Style style, int targetLength)
        implements Layer {

    @Override
    public String kind() {
        return "decoder";
    }

    @Override
    public LayerRole role() {
        return LayerRole.BLOCK;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        ParameterCount one = attention.parametersPerRank(hidden, split, style.biases());
        return one.plus(one)
                .plus(mlp.parametersPerRank(hidden, split, style.biases()))
                .plus(ParameterCount.dense(3 * style.norm().parameters(hidden)));
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.withSequence(targetLength).tokens() * hidden;
    }

    /** The encoder's result, which later decoder layers read too. */
    @Override
    public double bypassingElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        Shard target = shard.withSequence(targetLength);
        List<Operator> operators = new ArrayList<>();
        ResidualStream stream = new ResidualStream(hidden, style, target, operators);
        stream.norm("attention norm");
        stream.enter("attention gather");
        attention.addOperators(hidden, PositionEncoding.RELATIVE_BIAS, style, target, operators);
        stream.leave("attention sum");
        stream.add("attention");
        stream.norm("cross norm");
        stream.enter("cross gather");
        TensorRegion.enter("source gather", hidden, shard, operators);
        attention.addCrossOperators(hidden, style, target, shard.sequence(), operators);
        stream.leave("cross sum");
        stream.add("cross");
        stream.norm("mlp norm");
        stream.enter("mlp gather");
        mlp.addOperators(hidden, style.biases(), target, operators);
        stream.leave("mlp sum");
        stream.add(ResidualStream.MLP);
        return operators;
    }
}
