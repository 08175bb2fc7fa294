package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Checks;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * A router sends each token to the {@code topK} best of many small MLPs and adds their weighted results (Shazeer et al.
 * 2017; GShard: Lepikhin et al. 2020); shared experts see every token (DeepSeekMoE: Dai et al. 2024). No token is dropped.
 *
 * <p>On a rank, as Megatron-Core's all-to-all dispatcher does it: router, tokens copied into the order of their experts,
 * dispatch, tokens sorted by local expert, one grouped product per matrix, and the way back. The router's weights are
 * applied within the activation, so that the results need not be kept. Without a split by experts there is no exchange.
 *
 * @param experts routed experts of the layer
 * @param topK experts that each token goes to
 * @param expertFfn width of one expert
 * @param gated whether experts have a gate
 * @param sharedFfn width of all shared experts together, 0 for none
 * @param nodeLimit nodes that the experts of a token may lie on, 0 for any number (DeepSeek-V3, section 2.1.2)
 * @param loadSkew tokens of the busiest expert-parallel rank over the mean, 1 when balanced
 */
public record MixtureOfExperts(
        int experts, int topK, int expertFfn, boolean gated, int sharedFfn, int nodeLimit, double loadSkew)
        implements Mlp {

    /**
     * Small kernels of the router beside its product, forward: two casts to 32 bits, two that draw logits where balance is
     * forced, 12 of the choice (largest 2, softmax 1, weights 3 and marks 5 by expert, counts 1), 15 of the balance loss
     * (scores 1, their largest 2, marks 5, counts 2, sums and products 3, the record of losses 2). Counted in Megatron-Core
     * 0.13, router.py and moe_utils.py, for softmax and one balance loss; torch.topk sorts by a second kernel, and a scatter
     * into new memory copies first. DeepSeek-V3's sigmoid scores, groups and biases make 72 of them with the plan (NVIDIA, "Optimizing
     * DeepSeek-V3 Training Performance on NVIDIA GB200 NVL72", section 2.1.4).
     */
    private static final int ROUTER_KERNELS = 31;

    /**
     * Backward: the weights' gradient gathered, softmax, largest (2), the loss (scale 2, product 1, softmax 1), the sum of
     * both gradients, casts to 32 bits (2) and back (2).
     */
    private static final int ROUTER_BACKWARD_KERNELS = 13;

    /**
     * Each way where they are fused: logits drawn (2), choice 1, the loss's scores, counts and sum (3), its record (2)
     * (Transformer Engine 2.6, router.py); backward choice, scores and loss 3, scale 2, sum 1, casts 2.
     */
    private static final int FUSED_ROUTER_KERNELS = 8;

    /**
     * Kernels by which a rank learns how many tokens go where: counts by expert, their sums by rank and by local expert,
     * copies to the host (Megatron-Core 0.14, token_dispatcher.py, preprocess).
     */
    private static final int PLAN_KERNELS = 9;

    /** The map of rows in three passes, then the copy (Transformer Engine 2, permutation.py). */
    private static final int PERMUTE_KERNELS = 4;

    /** The map of chunks and the copy, for tokens and for their probabilities (Transformer Engine 2, permutation.py). */
    private static final int SORT_KERNELS = 4;

    /** How the names of the shared experts' operators begin; they depend on no other rank's tokens. */
    public static final String SHARED_EXPERT = "shared expert";

    public MixtureOfExperts {
        Checks.positive("experts", experts);
        Checks.positive("top-k", topK);
        Checks.positive("expert ffn", expertFfn);
        Checks.notNegative("shared ffn", sharedFfn);
        Checks.notNegative("node limit", nodeLimit);
        if (topK > experts) {
            throw new IllegalArgumentException("top-k " + topK + " is more than the " + experts + " experts");
        }
        if (!(loadSkew >= 1) || loadSkew > experts) {
            throw new IllegalArgumentException(
                    "load skew must be from 1 to the number of experts " + experts + ", got " + loadSkew);
        }
    }

    /** Gated experts under a balanced load, none shared. */
    public static MixtureOfExperts of(int experts, int topK, int expertFfn) {
        return new MixtureOfExperts(experts, topK, expertFfn, true, 0, 0, 1);
    }

    public MixtureOfExperts withShared(int ffn) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, ffn, nodeLimit, loadSkew);
    }

    public MixtureOfExperts withNodeLimit(int nodes) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, sharedFfn, nodes, loadSkew);
    }

    public MixtureOfExperts withLoadSkew(double busiestOverMean) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, sharedFfn, nodeLimit, busiestOverMean);
    }

    @Override
    public ParameterCount parametersPerRank(int hidden, Split split, Biases biases) {
        double perRank = experts * expertParameters(hidden, biases) / split.expert() / split.expertTensor();
        double router = (double) experts * hidden + (biases.onAll() ? experts : 0);
        ParameterCount routed = new ParameterCount(router, perRank);
        return sharedFfn == 0 ? routed : routed.plus(shared().parametersPerRank(hidden, split, biases));
    }

    private double expertParameters(int hidden, Biases biases) {
        return new DenseMlp(expertFfn, gated)
                .parametersPerRank(hidden, Split.NONE, biases)
                .total();
    }

    private DenseMlp shared() {
        return new DenseMlp(sharedFfn, gated);
    }

    @Override
    public double idleParameters(int hidden, Biases biases) {
        return (experts - topK) * expertParameters(hidden, biases);
    }

    @Override
    public boolean splitByTensorRanks() {
        return false;
    }

    @Override
    public void addOperators(int hidden, Biases biases, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokensOutside();
        double copies = p * tokens * hidden * (1 + topK);
        out.add(Operator.MatrixMultiply.ofWeight("router", tokens, experts, hidden, p * tokens * hidden)
                .unquantised());
        double scores = 4 * tokens * experts;
        boolean fused = shard.routing().fused();
        out.add(new Operator.Streaming(
                "routing",
                4 * scores,
                4 * scores,
                fused ? FUSED_ROUTER_KERNELS : ROUTER_KERNELS,
                fused ? FUSED_ROUTER_KERNELS : ROUTER_BACKWARD_KERNELS,
                false,
                scores));
        out.add(new Operator.Streaming("permutation", copies, copies, PERMUTE_KERNELS, 1, false, 4 * tokens * topK));
        if (shard.split().expert() > 1) {
            out.add(new Operator.Streaming("dispatch plan", 0, 0, PLAN_KERNELS, 0, false, 0));
        }
        exchange("dispatch", p * hidden, shard, out);
        regroup("expert gather", true, hidden, shard, out);
        experts(hidden, biases, shard, out);
        regroup("expert sum", false, hidden, shard, out);
        exchange("combine", p * hidden, shard, out);
        out.add(new Operator.Streaming("unpermutation", copies, copies, 1, 1, false, 0));
        if (sharedFfn > 0) {
            TensorRegion.enter(SHARED_EXPERT + " gather", hidden, shard, out);
            shared().addOperators(SHARED_EXPERT, hidden, biases, 0, shard, out);
            TensorRegion.leave(SHARED_EXPERT + " sum", hidden, shard, out);
            out.add(Operator.Streaming.pass(SHARED_EXPERT + " add", 3 * p * tokens * hidden, 0));
        }
    }

    private void exchange(String name, double bytesPerToken, Shard shard, List<Operator> out) {
        if (shard.split().expert() > 1) {
            out.add(new Operator.ExpertExchange(name, shard.tokensOutside(), topK, bytesPerToken, nodeLimit, loadSkew));
        }
    }

    /** Ranks that split each expert gather their tokens before it and sum their partial results after it. */
    private void regroup(String name, boolean gather, int hidden, Shard shard, List<Operator> out) {
        if (shard.split().expertTensor() == 1) {
            return;
        }
        double width = (double) hidden * topK * skew(shard);
        if (gather) {
            TensorRegion.enter(name, width, shard, out);
        } else {
            TensorRegion.leave(name, width, shard, out);
        }
    }

    private double skew(Shard shard) {
        return shard.split().expert() > 1 ? loadSkew : 1;
    }

    private void experts(int hidden, Biases biases, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        Split split = shard.split();
        double local = (double) experts / split.expert();
        double tokens = split.expertTensor() == 1 ? shard.tokensOutside() : shard.tokens();
        double rows = tokens * topK * skew(shard);
        double f = (double) expertFfn / split.expertTensor();
        double width = (gated ? 2 : 1) * f;
        if (split.expert() > 1 && local > 1) {
            double sorted = 2 * p * rows * hidden;
            out.add(new Operator.Streaming("sort by expert", sorted, sorted, SORT_KERNELS, SORT_KERNELS, false, 0));
        }
        out.add(new Operator.MatrixMultiply(
                "experts up", local, rows / local, width, hidden, true, false, p * rows * hidden));
        if (biases.onAll()) {
            out.add(Mlp.biasGradient("experts up bias", p * rows * width));
        }
        out.add(DenseMlp.activation(gated, p * rows * width, p * rows * f));
        out.add(new Operator.MatrixMultiply("experts down", local, rows / local, hidden, f, true, false, p * rows * f));
        if (split.expert() > 1 && local > 1) {
            out.add(Operator.Streaming.pass("sort by sender", 2 * p * rows * hidden, 0));
        }
    }
}
