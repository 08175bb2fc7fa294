package trainyard.parallel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.collective.Collective;

/**
 * Final norm, product with the vocabulary table and cross entropy. The logits stay split by vocabulary over the tensor
 * ranks; only the row maxima and sums are exchanged (Shoeybi et al. 2019, section 3).
 */
record HeadLayer(TransformerModel model) implements Layer {

    @Override
    public String kind() {
        return "head";
    }

    @Override
    public double parametersPerRank(int tensor) {
        double norm = model.biases() ? 2.0 * model.hidden() : model.hidden();
        return (double) model.vocabulary() * model.hidden() / tensor + norm;
    }

    @Override
    public boolean recomputable() {
        return false;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double p = shard.precision().bytes();
        double h = model.hidden();
        double outside = p * shard.tokensOutside() * h;
        double rows = (double) model.vocabulary() / shard.tensor();
        double logits = shard.tokens() * rows;
        List<Operator> operators = new ArrayList<>();
        operators.add(new Operator.Norm("final norm", outside, outside));
        if (shard.tensor() > 1) {
            operators.add(gather(shard, p * shard.tokens() * h));
        }
        operators.add(new Operator.MatrixMultiply("logits", 1, shard.tokens(), rows, h, true, false, outside));
        // Cast to 32 bits, subtract the maximum, exponentiate, sum and divide; the 32-bit softmax is kept.
        double forward = logits * (p + 4 + 4 + 8 + 8 + 8);
        double backward = logits * (8 + 8 + 4 + p);
        operators.add(new Operator.Streaming("cross entropy", forward, backward, 6, 3, false, 4 * logits));
        if (shard.tensor() > 1) {
            operators.add(new Operator.TensorCollective(
                    "loss sums", Optional.of(Collective.ALL_REDUCE), Optional.empty(), 12 * shard.tokens()));
        }
        return operators;
    }

    private static Operator gather(Shard shard, double bytes) {
        return shard.sequenceParallel()
                ? new Operator.TensorCollective(
                        "head gather",
                        Optional.of(Collective.ALL_GATHER),
                        Optional.of(Collective.REDUCE_SCATTER),
                        bytes)
                : new Operator.TensorCollective(
                        "head gather", Optional.empty(), Optional.of(Collective.ALL_REDUCE), bytes);
    }
}
