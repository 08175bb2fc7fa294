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
 * Attention and MLP with their norms and residual additions, split over the tensor ranks by columns then rows (Shoeybi
 * et al. 2019, section 3), with or without sequence parallelism (Korthikanti et al. 2022, section 4.2).
 *
 * <p>Saved bytes follow Korthikanti et al. 2022, section 4.1; for f = 4h, one key head per query head, 16-bit values and
 * dropout they add up to {@code s b h (34 + 5 a s / h)}, which a test asserts.
 *
 * @param hidden width of the residual stream
 * @param block attention and MLP
 * @param encoding how positions enter
 * @param style what all blocks have in common
 */
record TransformerLayer(int hidden, Block block, PositionEncoding encoding, Style style) implements Layer {

    @Override
    public String kind() {
        return "transformer";
    }

    @Override
    public LayerRole role() {
        return LayerRole.BLOCK;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        double norms = style.normsPerBlock() * style.norm().parameters(hidden);
        return block.attention()
                .parametersPerRank(hidden, split, style.biases())
                .plus(block.mlp().parametersPerRank(hidden, split, style.biases()))
                .plus(ParameterCount.dense(norms));
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        List<Operator> operators = new ArrayList<>();
        ResidualStream stream = new ResidualStream(hidden, style, shard, operators);
        stream.norm("attention norm");
        stream.enter("attention gather");
        block.attention().addOperators(hidden, encoding, style, shard, operators);
        if (style.parallelResidual() && block.mlp().splitByTensorRanks()) {
            beside(stream, shard, operators);
        } else {
            stream.leave("attention sum");
            stream.add("attention");
            behind(stream, shard, operators);
        }
        return operators;
    }

    private void behind(ResidualStream stream, Shard shard, List<Operator> operators) {
        boolean split = block.mlp().splitByTensorRanks();
        if (style.normsPerBlock() > 1) {
            stream.norm("mlp norm");
        }
        if (split) {
            stream.enter("mlp gather");
        }
        block.mlp().addOperators(hidden, style.biases(), shard, operators);
        if (split) {
            stream.leave("mlp sum");
        }
        stream.add(ResidualStream.MLP);
    }

    /**
     * An MLP that reads what attention reads: the results of both are added before the tensor ranks sum them (GPT-NeoX,
     * megatron/model/transformer.py, gpt_j_residual). A norm of its own keeps no input, which is that of the other; behind
     * a norm that both share it needs no exchange of its own and its first product keeps no input.
     */
    private void beside(ResidualStream stream, Shard shard, List<Operator> operators) {
        boolean shared = style.normsPerBlock() == 1;
        if (!shared) {
            stream.normOfKept("mlp norm");
            stream.enter("mlp gather");
        }
        int first = operators.size();
        block.mlp().addOperators(hidden, style.biases(), shard, operators);
        if (shared && operators.get(first) instanceof Operator.MatrixMultiply up) {
            operators.set(first, up.withSavedBytes(0));
        }
        stream.addInside("attention");
        stream.leave("mlp sum");
        stream.add(ResidualStream.MLP);
    }
}
