package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;

/**
 * softmax(Q K^T) V on one rank: its heads, its part of the queries, all keys.
 *
 * @param heads heads of this rank
 * @param queryWidth elements per token of this rank's queries
 * @param keyWidth elements per token of its keys
 * @param valueWidth elements per token of its values
 * @param headSize elements of one query or key
 * @param valueSize elements of one value
 * @param window latest tokens that a token sees, 0 for all
 */
record AttentionCore(
        double heads,
        double queryWidth,
        double keyWidth,
        double valueWidth,
        double headSize,
        double valueSize,
        int window) {

    private static final double SUM_BYTES = 4;

    /**
     * Adds the core of attention from a sequence to {@code keys} tokens, its own if causal.
     *
     * @param keys tokens of the sequence that is attended to, over all context ranks
     */
    void addOperators(double keys, PositionEncoding encoding, Style style, Shard shard, List<Operator> out) {
        if (shard.split().context() > 1) {
            double p = shard.precision().bytes() * shard.tokens();
            double keyTokens = shard.precision().bytes()
                    * shard.microBatch()
                    * keys
                    / shard.split().context();
            out.add(new Operator.ContextExchange(
                    "context exchange",
                    keyTokens * (keyWidth + valueWidth),
                    p * (queryWidth + valueWidth * queryWidth / keyWidth)));
        }
        if (shard.attention().keepsScores()) {
            stored(keys, encoding, style, shard, out);
        } else {
            fused(keys, style, shard, out);
            if (shard.split().context() > 1 && shard.elements().mergedParts()) {
                out.add(merge(shard));
            }
        }
    }

    /**
     * Attention part by part over the ranks of a sequence, of which one in two takes half of the queries (an early and a late
     * run of tokens each, {@code enable_load_balance}). Forward each part's result is cast to 32 bits and merged in three
     * operations, half a result is put back with a copy of the whole, and the last is cast back; backward gradients of queries
     * are added up in 32 bits, and those of keys and values joined, received and added for each part.
     */
    private Operator merge(Shard shard) {
        double p = shard.precision().bytes();
        double results = shard.tokens() * heads * valueSize;
        double queries = shard.tokens() * queryWidth;
        double keyValues = shard.tokens() * (keyWidth + valueWidth);
        int parts = shard.split().context();
        double merges = 0.75 * (parts - 1);
        double cast = p + SUM_BYTES;
        double forward = results * (cast * (2 + merges) + 8 * SUM_BYTES * merges + SUM_BYTES * (parts - 1));
        double backward = (queries * (1 + merges) * (p + 2 * SUM_BYTES)) + keyValues * parts * (p + 4 * SUM_BYTES);
        return new Operator.Streaming("context merge", forward, backward, 6 * parts - 5, 5 * parts, true, 0);
    }

    private void fused(double keys, Style style, Shard shard, List<Operator> out) {
        double batch = shard.microBatch() * heads;
        double statistics = 4 * batch * shard.localSequence();
        out.add(new Operator.FlashAttention(
                "attention",
                batch,
                shard.localSequence(),
                keys,
                headSize,
                valueSize,
                style.causal(),
                visibleShare(keys, style.causal()),
                shard.attention(),
                savedInputs(keys, shard) + statistics));
        if (shard.attention().joinsGradients()) {
            // Beside the join: output times its gradient, clearing and casting the 32-bit sum of query gradients.
            double queries = shard.precision().bytes() * shard.tokens() * queryWidth;
            double joined = 2 * savedInputs(keys, shard) + 7 * queries;
            out.add(new Operator.Streaming("gradient join", 0, joined, 0, 4, true, 0));
        }
    }

    private double savedInputs(double keys, Shard shard) {
        double keyTokens = shard.microBatch() * keys / shard.split().context();
        return shard.precision().bytes()
                * (shard.tokens() * queryWidth + keyTokens * keyWidth + keyTokens * valueWidth);
    }

    /** Half of the scores if causal; with a window of w of s tokens {@code (w s - w^2 / 2) / s^2}. */
    private double visibleShare(double keys, boolean causal) {
        if (!causal) {
            return 1;
        }
        double share = window == 0 ? 1 : Math.min(1, window / keys);
        return share * (1 - share / 2);
    }

    private void stored(double keys, PositionEncoding encoding, Style style, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double queries = shard.localSequence();
        double batch = shard.microBatch() * heads;
        double keyTokens = shard.microBatch() * keys / shard.split().context();
        double scores = batch * queries * keys;
        out.add(new Operator.MatrixMultiply(
                "scores",
                batch,
                queries,
                keys,
                headSize,
                false,
                true,
                p * (shard.tokens() * queryWidth + keyTokens * keyWidth)));
        if (encoding == PositionEncoding.ALIBI || encoding == PositionEncoding.RELATIVE_BIAS) {
            // The biases, equal for all rows of a head, are spread into the score matrix, to which the product adds.
            out.add(new Operator.Streaming(
                    encoding == PositionEncoding.ALIBI ? "alibi bias" : "relative bias",
                    2 * p * scores,
                    0,
                    1,
                    0,
                    true,
                    0));
        }
        out.add(softmax(fusesSoftmax(shard.attention(), batch, keys), p, scores));
        if (style.dropout()) {
            double bytes = (2 * p + 1) * scores;
            out.add(new Operator.Streaming("attention dropout", bytes, bytes, 1, 1, scores, true, (p + 1) * scores));
        }
        out.add(new Operator.MatrixMultiply(
                "context", batch, queries, valueSize, keys, false, true, p * keyTokens * valueWidth));
        out.add(layout(p * shard.tokens() * queryWidth, p * keyTokens * keyWidth, p * keyTokens * valueWidth));
    }

    /**
     * Products read queries, keys and values where they lie, so that forward the result of the heads alone is copied to
     * where a token's heads lie together. Backward the gradients of queries and keys are multiplied by the scale of the
     * scores, and all three copied to where the gradient of their product lies (Megatron-LM, model/transformer.py,
     * CoreAttention; PyTorch, derivatives.yaml, baddbmm, and the gradient of split).
     */
    private static Operator layout(double queryBytes, double keyBytes, double valueBytes) {
        double scaled = 2 * (queryBytes + keyBytes);
        double joined = 2 * (queryBytes + keyBytes + valueBytes);
        return new Operator.Streaming("head transpose", 2 * queryBytes, scaled + joined, 1, 3, false, 0);
    }

    /**
     * Megatron-LM's fused softmax takes score matrices in fours, a thread block each, of rows of at most 2048
     * (megatron/model/fused_softmax.py, is_kernel_available); for others the kernels run apart.
     */
    private static boolean fusesSoftmax(AttentionKernel kernel, double matrices, double keys) {
        return kernel == AttentionKernel.FUSED_SOFTMAX && matrices % 4 == 0 && keys <= 2048;
    }

    /** Fused: one pass in, one out. Unfused: scale, mask, cast up, softmax and cast down each pass over the scores. */
    private static Operator softmax(boolean fused, double p, double scores) {
        double forward = fused ? 2 * p * scores : (4 * p + 2 * (p + 4) + 2 * 4) * scores;
        double backward = fused ? 3 * p * scores : (3 * 4 + 2 * (p + 4) + 2 * p) * scores;
        return new Operator.Streaming("softmax", forward, backward, fused ? 1 : 5, fused ? 1 : 4, true, p * scores);
    }
}
