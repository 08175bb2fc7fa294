package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;

/**
 * The operators that join the parts of a block: norms, exchanges at the ends of tensor-split regions and additions to the
 * stream of width {@code hidden}.
 *
 * @param out list that they are added to
 */
record ResidualStream(int hidden, Style style, Shard shard, List<Operator> out) {

    static final String MLP = "mlp";

    void norm(String name) {
        double bytes = shard.precision().bytes() * shard.tokensOutside() * hidden;
        out.add(new Operator.Norm(name, bytes, bytes));
    }

    /** A norm whose input another operator keeps. */
    void normOfKept(String name) {
        out.add(new Operator.Norm(name, shard.precision().bytes() * shard.tokensOutside() * hidden, 0));
    }

    void enter(String name) {
        TensorRegion.enter(name, hidden, shard, out);
    }

    void leave(String name) {
        TensorRegion.leave(name, hidden, shard, out);
    }

    /**
     * Bias, dropout and residual addition in one kernel, or the bias in one of its own, after a norm where the style has
     * one; backward also sums the gradients of the two branches and, for the bias, over the tokens, which is added to what is
     * there.
     *
     * @param part what is added
     */
    void add(String part) {
        if (style.normsPerBlock() == 4) {
            norm(part + " output norm");
        }
        add(part, shard.tokensOutside() * hidden);
    }

    /** The same within a region that tensor ranks split, where every rank has all tokens, of a part to the other one. */
    void addInside(String part) {
        add(part, shard.tokens() * hidden);
    }

    private void add(String part, double elements) {
        double p = shard.precision().bytes();
        boolean biased =
                part.equals(MLP) ? style.biases().onMlp() : style.biases().onProjection();
        double mask = style.dropout() ? elements : 0;
        double biasGradient = biased ? p * elements : 0;
        double dropoutGradient = style.dropout() ? 2 * p * elements + mask : 0;
        boolean biasApart = biased && shard.elements().residualBiasApart();
        double bias = biasApart ? 2 * p * elements : 0;
        int backwardKernels = 1 + (style.dropout() ? 1 : 0) + (biased ? 2 : 0);
        out.add(new Operator.Streaming(
                part + " residual",
                3 * p * elements + mask + bias,
                3 * p * elements + dropoutGradient + biasGradient,
                biasApart ? 2 : 1,
                backwardKernels,
                false,
                mask));
    }
}
