package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.collective.Collective;

/**
 * Final norm, product with the vocabulary table and cross entropy. The logits stay split by vocabulary over the tensor
 * ranks; only the row maxima and sums are exchanged (Shoeybi et al. 2019, section 3).
 *
 * @param hidden width of the residual stream
 * @param vocabulary rows of the table
 * @param norm kind of the final norm
 * @param reused whether norm and table are those of another head of the model, so that they count there
 */
record HeadLayer(int hidden, int vocabulary, NormKind norm, boolean reused) implements Layer {

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
        return reused
                ? ParameterCount.ZERO
                : ParameterCount.dense((double) vocabulary * hidden / split.tensor() + norm.parameters(hidden));
    }

    @Override
    public double inputElements(Shard shard) {
        return shard.tokens() * hidden;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double p = shard.precision().bytes();
        double outside = p * shard.tokensOutside() * hidden;
        double rows = (double) vocabulary / shard.tensor();
        double logits = shard.tokens() * rows;
        List<Operator> operators = new ArrayList<>();
        operators.add(new Operator.Norm("final norm", outside, outside));
        TensorRegion.enter("head gather", hidden, false, shard, operators);
        operators.add(Operator.MatrixMultiply.ofWeight("logits", shard.tokens(), rows, hidden, outside)
                .unquantised());
        operators.add(shard.loss().operator(logits, p));
        if (shard.tensor() > 1) {
            // One after another (mpu/cross_entropy.py).
            for (String value : List.of("maximum", "target", "sum")) {
                operators.add(new Operator.TensorCollective(
                        "loss " + value, Optional.of(Collective.ALL_REDUCE), Optional.empty(), 4 * shard.tokens()));
            }
        }
        return operators;
    }
}
