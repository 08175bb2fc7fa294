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
 * Token and position embeddings. The table is split over the tensor ranks by vocabulary rows, so each rank looks up its
 * own rows and the results are summed (Shoeybi et al. 2019, section 3).
 *
 * @param hidden width of the residual stream
 * @param vocabulary rows of the token table
 * @param addedRows rows of the tables that are added to it: learned positions, token types
 * @param normParameters parameters of a norm over the sum (BERT), 0 for none
 * @param dropout whether dropout follows
 */
record EmbeddingLayer(int hidden, int vocabulary, int addedRows, double normParameters, boolean dropout)
        implements Layer {

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public LayerRole role() {
        return LayerRole.INPUT;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return ParameterCount.dense(
                (double) vocabulary * hidden / split.tensor() + (double) addedRows * hidden + normParameters);
    }

    /** Token numbers, which are next to nothing. */
    @Override
    public double inputElements(Shard shard) {
        return 0;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double width = shard.precision().bytes() * hidden;
        double full = shard.tokens() * width;
        double outside = shard.tokensOutside() * width;
        double mask = dropout ? shard.tokensOutside() * hidden : 0;
        List<Operator> operators = new ArrayList<>();
        // Rows of other ranks are masked: six kernels over the tokens before the lookup, one pass over its result.
        boolean masked = shard.tensor() > 1;
        operators.add(new Operator.Streaming(
                "embedding lookup",
                (masked ? 4 : 2) * full,
                (masked ? 5 : 3) * full,
                masked ? 8 : 1,
                masked ? 3 : 2,
                false,
                0));
        TensorRegion.leave("embedding sum", hidden, false, shard, operators);
        double passes = (addedRows > 0 ? 3 : 0) + (dropout ? 2 : 0);
        if (passes > 0) {
            operators.add(new Operator.Streaming(
                    "position add and dropout", passes * outside + mask, 2 * outside + mask, 2, 2, false, mask));
        }
        if (normParameters > 0) {
            operators.add(new Operator.Norm("embedding norm", outside, outside));
        }
        return operators;
    }
}
