package trainyard.parallel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.collective.Collective;

/**
 * Attention and MLP with their norms and residual additions, split over the tensor ranks by columns then rows (Shoeybi
 * et al. 2019, section 3), with or without sequence parallelism (Korthikanti et al. 2022, section 4.2).
 *
 * <p>Saved bytes follow Korthikanti et al. 2022, section 4.1; for f = 4h, one key head per query head, 16-bit values and
 * dropout they add up to {@code s b h (34 + 5 a s / h)}, which a test asserts.
 */
record TransformerLayer(TransformerModel model) implements Layer {

    @Override
    public String kind() {
        return "transformer";
    }

    @Override
    public double parametersPerRank(int tensor) {
        double h = model.hidden();
        double attention = h * model.queryWidth() * 2 + h * model.keyWidth() * 2;
        double mlp = (model.gatedMlp() ? 3.0 : 2.0) * h * model.ffn();
        double split = attention + mlp;
        double whole = 2 * normParameters();
        if (model.biases()) {
            split += model.queryWidth() + 2.0 * model.keyWidth() + model.ffn();
            whole += 2 * h;
        }
        return split / tensor + whole;
    }

    /** Scale and shift for layer norm; scale alone for RMS norm, which comes with models without biases. */
    double normParameters() {
        return model.biases() ? 2.0 * model.hidden() : model.hidden();
    }

    @Override
    public boolean recomputable() {
        return true;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        List<Operator> operators = new ArrayList<>();
        attention(shard, operators);
        mlp(shard, operators);
        return operators;
    }

    private void attention(Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        int t = shard.tensor();
        double tokens = shard.tokens();
        double h = model.hidden();
        double query = (double) model.queryWidth() / t;
        double key = keyWidthPerRank(t);
        out.add(norm("attention norm", shard));
        enterTensorRegion("attention gather", shard, out);
        out.add(new Operator.MatrixMultiply(
                "qkv", 1, tokens, query + 2 * key, h, true, false, p * shard.tokensOutside() * h));
        biasGradient("qkv bias", p * tokens * (query + 2 * key), out);
        if (model.positionEncoding() == PositionEncoding.ROTARY) {
            double bytes = 2 * p * tokens * (query + key);
            out.add(new Operator.Streaming("rotary", bytes, bytes, 2, 2, false, 0));
        }
        core(shard, query, key, out);
        out.add(new Operator.MatrixMultiply("projection", 1, tokens, h, query, true, false, p * tokens * query));
        leaveTensorRegion("attention sum", shard, out);
        out.add(residual("attention residual", shard));
    }

    /** Key-value heads are copied, not split, once there are more tensor ranks than heads. */
    private double keyWidthPerRank(int tensor) {
        return Math.max(1.0, (double) model.kvHeads() / tensor) * model.headSize();
    }

    private void core(Shard shard, double query, double key, List<Operator> out) {
        double p = shard.precision().bytes();
        double s = shard.sequence();
        double heads = (double) shard.microBatch() * model.heads() / shard.tensor();
        double qkvBytes = p * shard.tokens() * (query + 2 * key);
        if (!shard.attention().keepsScores()) {
            double statistics = 4 * heads * s;
            out.add(new Operator.FlashAttention(
                    "attention",
                    heads,
                    s,
                    s,
                    model.headSize(),
                    model.causal(),
                    shard.attention(),
                    qkvBytes + statistics));
            return;
        }
        double scores = heads * s * s;
        out.add(new Operator.MatrixMultiply(
                "scores", heads, s, s, model.headSize(), false, true, p * shard.tokens() * (query + key)));
        if (model.positionEncoding() == PositionEncoding.ALIBI) {
            // The biases, equal for all rows of a head, are spread into the score matrix, to which the product adds.
            out.add(new Operator.Streaming("alibi bias", 2 * p * scores, 0, 1, 0, true, 0));
        }
        softmax(shard.attention(), p, scores, out);
        if (model.dropout()) {
            double bytes = (2 * p + 1) * scores;
            out.add(new Operator.Streaming("attention dropout", bytes, bytes, 1, 1, scores, true, (p + 1) * scores));
        }
        out.add(new Operator.MatrixMultiply(
                "context", heads, s, model.headSize(), s, false, true, p * shard.tokens() * key));
        double copies = 2 * p * shard.tokens() * (query + 2 * key);
        out.add(new Operator.Streaming("head transpose", copies, copies, 2, 2, false, 0));
    }

    /** Fused: one pass in, one out. Unfused: scale, mask, cast up, softmax and cast down each pass over the scores. */
    private static void softmax(AttentionKernel kernel, double p, double scores, List<Operator> out) {
        boolean fused = kernel == AttentionKernel.FUSED_SOFTMAX;
        double forward = fused ? 2 * p * scores : (4 * p + 2 * (p + 4) + 2 * 4) * scores;
        double backward = fused ? 3 * p * scores : (3 * 4 + 2 * (p + 4) + 2 * p) * scores;
        out.add(new Operator.Streaming("softmax", forward, backward, fused ? 1 : 5, fused ? 1 : 4, true, p * scores));
    }

    /** The bias is added inside the product; its gradient is the output's gradient summed over the tokens. */
    private void biasGradient(String name, double outputBytes, List<Operator> out) {
        if (model.biases()) {
            out.add(new Operator.Streaming(name, 0, outputBytes, 0, 1, false, 0));
        }
    }

    private void mlp(Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokens();
        double h = model.hidden();
        double f = (double) model.ffn() / shard.tensor();
        double matrices = model.gatedMlp() ? 2 : 1;
        out.add(norm("mlp norm", shard));
        enterTensorRegion("mlp gather", shard, out);
        out.add(new Operator.MatrixMultiply(
                "mlp up", 1, tokens, matrices * f, h, true, false, p * shard.tokensOutside() * h));
        double in = p * tokens * matrices * f;
        double activation = p * tokens * f;
        biasGradient("mlp up bias", in, out);
        out.add(new Operator.Streaming(
                model.gatedMlp() ? "swiglu" : "gelu", in + activation, 2 * in + activation, 1, 1, false, in));
        out.add(new Operator.MatrixMultiply("mlp down", 1, tokens, h, f, true, false, activation));
        leaveTensorRegion("mlp sum", shard, out);
        out.add(residual("mlp residual", shard));
    }

    private Operator norm(String name, Shard shard) {
        double bytes = shard.precision().bytes() * shard.tokensOutside() * model.hidden();
        return new Operator.Norm(name, bytes, bytes);
    }

    /**
     * Bias, dropout and residual addition in one kernel; backward also sums the gradients of the two branches and, for
     * the bias, over the tokens.
     */
    private Operator residual(String name, Shard shard) {
        double elements = shard.tokensOutside() * model.hidden();
        double p = shard.precision().bytes();
        double mask = model.dropout() ? elements : 0;
        double biasGradient = model.biases() ? p * elements : 0;
        double dropoutGradient = model.dropout() ? 2 * p * elements + mask : 0;
        return new Operator.Streaming(
                name, 3 * p * elements + mask, 3 * p * elements + dropoutGradient + biasGradient, 1, 2, false, mask);
    }

    private void enterTensorRegion(String name, Shard shard, List<Operator> out) {
        if (shard.tensor() == 1) {
            return;
        }
        double bytes = shard.precision().bytes() * shard.tokens() * model.hidden();
        out.add(
                shard.sequenceParallel()
                        ? new Operator.TensorCollective(
                                name, Optional.of(Collective.ALL_GATHER), Optional.of(Collective.REDUCE_SCATTER), bytes)
                        : new Operator.TensorCollective(
                                name, Optional.empty(), Optional.of(Collective.ALL_REDUCE), bytes));
    }

    private void leaveTensorRegion(String name, Shard shard, List<Operator> out) {
        if (shard.tensor() == 1) {
            return;
        }
        double bytes = shard.precision().bytes() * shard.tokens() * model.hidden();
        out.add(
                shard.sequenceParallel()
                        ? new Operator.TensorCollective(
                                name, Optional.of(Collective.REDUCE_SCATTER), Optional.of(Collective.ALL_GATHER), bytes)
                        : new Operator.TensorCollective(
                                name, Optional.of(Collective.ALL_REDUCE), Optional.empty(), bytes));
    }
}
