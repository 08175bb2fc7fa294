package trainyard.parallel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.collective.Collective;

/**
 * Token and position embeddings. The table is split over the tensor ranks by vocabulary rows, so each rank looks up its
 * own rows and the results are summed (Shoeybi et al. 2019, section 3).
 */
record EmbeddingLayer(TransformerModel model) implements Layer {

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public double parametersPerRank(int tensor) {
        return (double) model.vocabulary() * model.hidden() / tensor + (double) model.positions() * model.hidden();
    }

    @Override
    public boolean recomputable() {
        return false;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double p = shard.precision().bytes();
        double width = p * model.hidden();
        double full = shard.tokens() * width;
        double outside = shard.tokensOutside() * width;
        double mask = model.dropout() ? shard.tokensOutside() * model.hidden() : 0;
        List<Operator> operators = new ArrayList<>();
        operators.add(new Operator.Streaming("embedding lookup", 2 * full, 3 * full, 1, 2, false, 0));
        if (shard.tensor() > 1) {
            operators.add(sumOverRanks(shard, full));
        }
        double passes = (model.positions() > 0 ? 3 : 0) + (model.dropout() ? 2 : 0);
        if (passes > 0) {
            operators.add(new Operator.Streaming(
                    "position add and dropout", passes * outside + mask, 2 * outside + mask, 2, 2, false, mask));
        }
        return operators;
    }

    private static Operator sumOverRanks(Shard shard, double bytes) {
        return shard.sequenceParallel()
                ? new Operator.TensorCollective(
                        "embedding sum",
                        Optional.of(Collective.REDUCE_SCATTER),
                        Optional.of(Collective.ALL_GATHER),
                        bytes)
                : new Operator.TensorCollective(
                        "embedding sum", Optional.of(Collective.ALL_REDUCE), Optional.empty(), bytes);
    }
}
