package trainyard.parallel.model.transformer;

import java.util.List;
import java.util.Objects;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.checks.Checks;

/**
 * Attention whose query heads share key-value heads in groups (Ainslie et al. 2023): with as many key-value heads as
 * heads it is multi-head attention (Vaswani et al. 2017), with one multi-query attention (Shazeer 2019).
 *
 * @param heads query heads
 * @param kvHeads key-value heads
 * @param headSize elements of one head
 * @param window latest tokens that a token sees (Beltagy et al. 2020), 0 for all earlier ones
 * @param queryKeyNorm whether and how queries and keys are normalised
 */
public record GroupedQueryAttention(int heads, int kvHeads, int headSize, int window, QueryKeyNorm queryKeyNorm)
        implements Attention {

    public GroupedQueryAttention {
        Checks.atLeast("heads", heads, 1);
        Checks.atLeast("kv-heads", kvHeads, 1);
        Checks.atLeast("head size", headSize, 1);
        Checks.atLeast("window", window, 0);
        Objects.requireNonNull(queryKeyNorm, "norm of queries and keys");
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException("heads " + heads + " is not a multiple of kv-heads " + kvHeads);
        }
    }

    /** Attention to all tokens, without norms of queries and keys. */
    public static GroupedQueryAttention of(int heads, int kvHeads, int headSize) {
        return new GroupedQueryAttention(heads, kvHeads, headSize, 0, QueryKeyNorm.NONE);
    }

    /** A key and a value for every query head; the heads fill the width. */
    public static GroupedQueryAttention multiHead(int hidden, int heads) {
        return of(heads, heads, hidden / heads);
    }

    public GroupedQueryAttention withWindow(int tokens) {
        return new GroupedQueryAttention(heads, kvHeads, headSize, tokens, queryKeyNorm);
    }

    /** Each head of queries and keys is normalised. */
    public GroupedQueryAttention withQueryKeyNorm() {
        return with(QueryKeyNorm.EACH_HEAD);
    }

    public GroupedQueryAttention with(QueryKeyNorm norm) {
        return new GroupedQueryAttention(heads, kvHeads, headSize, window, norm);
    }

    @Override
    public ParameterCount parametersPerRank(int hidden, Split split, Biases biases) {
        double query = queryWidth(split.tensor());
        double key = keyWidth(split.tensor());
        double parameters = 2 * hidden * (query + key) + queryKeyNorm.parameters(headSize, query, key);
        if (biases.onQkv()) {
            parameters += query + 2 * key;
        }
        return ParameterCount.dense(parameters + (biases.onProjection() ? hidden : 0));
    }

    @Override
    public void addOperators(int hidden, PositionEncoding encoding, Style style, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokens();
        double query = queryWidth(shard.tensor());
        double key = keyWidth(shard.tensor());
        out.add(Operator.MatrixMultiply.ofWeight(
                "qkv", tokens, query + 2 * key, hidden, p * shard.tokensOutside() * hidden));
        if (style.biases().onQkv()) {
            double output = p * tokens * (query + 2 * key);
            boolean apart = shard.elements().biasApart();
            out.add(
                    apart
                            ? new Operator.Streaming("qkv bias", 2 * output, output, 1, 1, false, 0)
                            : Mlp.biasGradient("qkv bias", output));
        }
        if (queryKeyNorm != QueryKeyNorm.NONE) {
            double bytes = p * tokens * (query + key);
            out.add(new Operator.Norm("query-key norm", bytes, bytes));
        }
        if (encoding == PositionEncoding.ROTARY || encoding == PositionEncoding.SCALED_ROTARY) {
            out.add(Rotation.of(tokens * (query + key), encoding, shard));
        }
        if (shard.elements().repeatedKeyValues() && kvHeads < heads) {
            // Backward the gradients of all copies are added up.
            double bytes = 2 * p * tokens * (key + query);
            out.add(new Operator.Streaming("key-value copies", bytes, bytes, 2, 2, false, 0));
        }
        core(shard).addOperators(shard.sequence(), encoding, style, shard, out);
        out.add(Operator.MatrixMultiply.ofWeight("projection", tokens, hidden, query, p * tokens * query));
    }

    /**
     * Adds attention from the tokens of {@code shard} to those of another sequence, whose keys and values are projected
     * here; the other sequence is kept where it was made.
     *
     * @param sourceLength tokens of the other sequence
     */
    void addCrossOperators(int hidden, Style style, Shard shard, int sourceLength, List<Operator> out) {
        double p = shard.precision().bytes();
        double query = queryWidth(shard.tensor());
        double key = keyWidth(shard.tensor());
        double source = shard.withSequence(sourceLength).tokens();
        double tokens = shard.tokens();
        out.add(Operator.MatrixMultiply.ofWeight(
                "cross query", tokens, query, hidden, p * shard.tokensOutside() * hidden));
        out.add(Operator.MatrixMultiply.ofWeight("cross key-value", source, 2 * key, hidden, 0));
        core(shard).addOperators(sourceLength, PositionEncoding.NONE, style.withCausal(false), shard, out);
        out.add(Operator.MatrixMultiply.ofWeight("cross projection", tokens, hidden, query, p * tokens * query));
    }

    private AttentionCore core(Shard shard) {
        int tensor = shard.tensor();
        double query = queryWidth(tensor);
        double key = shard.elements().repeatedKeyValues() ? query : keyWidth(tensor);
        return new AttentionCore((double) heads / tensor, query, key, key, headSize, headSize, window);
    }

    double queryWidth(int tensor) {
        return (double) heads * headSize / tensor;
    }

    /** Key-value heads are copied, not split, once there are more tensor ranks than heads. */
    double keyWidth(int tensor) {
        return Math.max(1.0, (double) kvHeads / tensor) * headSize;
    }
}
