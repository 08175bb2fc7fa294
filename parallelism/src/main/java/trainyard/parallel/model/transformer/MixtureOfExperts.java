package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.TokenRouting;
import trainyard.sim.checks.Checks;

/**
 * A router sends each token to the {@code topK} best of many small MLPs and adds their weighted results (Shazeer et al.
 * 2017; GShard: Lepikhin et al. 2020); shared experts see every token (DeepSeekMoE: Dai et al. 2024). No token is dropped.
 *
 * <p>On a rank, as Megatron-Core's all-to-all dispatcher does it: router, tokens copied into the order of their experts,
 * dispatch, tokens sorted by local expert, one grouped product per matrix, and the way back; or as its DeepEP dispatcher does,
 * which copies tokens behind the exchange. The router's weights are applied within the activation, so that the results need
 * not be kept. Without a split by experts there is no exchange.
 *
 * @param experts routed experts of the layer
 * @param topK experts that each token goes to
 * @param expertFfn width of one expert
 * @param gated whether experts have a gate
 * @param sharedFfn width of all shared experts together, 0 for none
 * @param nodeLimit nodes that the experts of a token may lie on, 0 for any number (DeepSeek-V3, section 2.1.2)
 * @param limited whether what goes into the activation is held within limits (gpt-oss model card, 2025, on its SwiGLU)
 * @param loadSkew tokens of the busiest expert-parallel rank over the mean, 1 when balanced
 */
public record MixtureOfExperts(
        int experts,
        int topK,
        int expertFfn,
        boolean gated,
        int sharedFfn,
        int nodeLimit,
        boolean limited,
        double loadSkew)
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

    /**
     * Collectives of an exchange, on average: on the way there the counts, the tokens and their probabilities, on the way back
     * the results (Megatron-Core 0.14, token_dispatcher.py, MoEAlltoAllTokenDispatcher).
     */
    private static final int COLLECTIVES = 2;

    /** DeepEP sends tokens, probabilities and counts by one call (Megatron-Core 0.13, fused_a2a.py). */
    private static final int SENT_ONCE_CALLS = 1;

    /**
     * Without copies before the exchange: the largest scores as indices (2) and DeepEP's layout; backward the gradient of the
     * largest (2) (Megatron-Core 0.13, _DeepepManager.setup_metadata; fused_a2a.py).
     */
    private static final int LAYOUT_KERNELS = 3;

    private static final int LAYOUT_BACKWARD_KERNELS = 2;

    /**
     * Which received token goes to which local expert, as elementary operations: cleared maps 2, mask 1, its indices 3 and
     * the values there 1, twice, rows numbered 1, counted 1 and repeated 3, both maps filled 2, marks 1. Backward: gradients
     * gathered 1, cleared 1, indices of the mask 3, made linear 3 and sorted 2, summed 1 (Megatron-Core 0.13,
     * token_dispatcher.py, _indices_to_multihot; PyTorch, aten/native/cuda/Nonzero.cu, Repeat.cu, Indexing.cu).
     */
    private static final int MAP_KERNELS = 19;

    private static final int MAP_BACKWARD_KERNELS = 11;

    /** What tells received tokens and experts, where tokens are sent once. */
    public static final String RECEIVED_MAP = "map of received tokens";

    /** What holds the values before the activation within limits. */
    public static final String LIMITS = "activation limits";

    /** How the names of the shared experts' operators begin; they depend on no other rank's tokens. */
    public static final String SHARED_EXPERT = "shared expert";

    /** How names of products of the routed experts begin. */
    static final String ROUTED_EXPERTS = "experts ";

    public MixtureOfExperts {
        Checks.atLeast("experts", experts, 1);
        Checks.atLeast("top-k", topK, 1);
        Checks.atLeast("expert ffn", expertFfn, 1);
        Checks.atLeast("shared ffn", sharedFfn, 0);
        Checks.atLeast("node limit", nodeLimit, 0);
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
        return new MixtureOfExperts(experts, topK, expertFfn, true, 0, 0, false, 1);
    }

    public MixtureOfExperts withShared(int ffn) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, ffn, nodeLimit, limited, loadSkew);
    }

    public MixtureOfExperts withNodeLimit(int nodes) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, sharedFfn, nodes, limited, loadSkew);
    }

    public MixtureOfExperts withLimits() {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, sharedFfn, nodeLimit, true, loadSkew);
    }

    public MixtureOfExperts withLoadSkew(double busiestOverMean) {
        return new MixtureOfExperts(experts, topK, expertFfn, gated, sharedFfn, nodeLimit, limited, busiestOverMean);
    }

    /** Whether an operator is one of the shared experts. */
    public static boolean isOfSharedExperts(Operator operator) {
        return operator.name().startsWith(SHARED_EXPERT);
    }

    /** Whether an operator is one of the routed experts. */
    public static boolean isOfRoutedExperts(Operator operator) {
        return operator.name().startsWith(ROUTED_EXPERTS);
    }

    @Override
    public ParameterCount parametersPerRank(int hidden, Split split, Biases biases) {
        double perRank = experts * expertParameters(hidden, biases) / split.expert() / split.expertTensor();
        double router = (double) experts * hidden + (biases.onMlp() ? experts : 0);
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
        if (shard.split().expert() > 1 && shard.routing().sentOnce()) {
            sentOnce(hidden, biases, shard, out);
        } else {
            copied(hidden, biases, shard, out);
        }
        if (sharedFfn > 0) {
            TensorRegion.enter(SHARED_EXPERT + " gather", hidden, shard, out);
            shared().addOperators(SHARED_EXPERT, hidden, biases, 0, shard, out);
            TensorRegion.leave(SHARED_EXPERT + " sum", hidden, shard, out);
            out.add(Operator.Streaming.pass(SHARED_EXPERT + " add", 3 * p * tokens * hidden, 0));
        }
    }

    /** A token is copied for each of its experts, and the copies travel. */
    private void copied(int hidden, Biases biases, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokensOutside();
        double copies = p * tokens * hidden * (1 + topK);
        out.add(new Operator.Streaming("permutation", copies, copies, PERMUTE_KERNELS, 1, false, 4 * tokens * topK));
        if (shard.split().expert() > 1) {
            out.add(new Operator.Streaming("dispatch plan", 0, 0, PLAN_KERNELS, 0, false, 0));
        }
        exchange("dispatch", p * hidden, COLLECTIVES, shard, out);
        regroup("expert gather", true, hidden, shard, out);
        sorted(true, hidden, shard, out);
        experts(hidden, biases, shard, out);
        sorted(false, hidden, shard, out);
        regroup("expert sum", false, hidden, shard, out);
        exchange("combine", p * hidden, COLLECTIVES, shard, out);
        out.add(new Operator.Streaming("unpermutation", copies, copies, 1, 1, false, 0));
    }

    /** Copies that arrive lie by sender; the products want them by expert. */
    private void sorted(boolean byExpert, int hidden, Shard shard, List<Operator> out) {
        if (shard.split().expert() == 1 || experts <= shard.split().expert()) {
            return;
        }
        double bytes = 2 * shard.precision().bytes() * rows(shard) * hidden;
        out.add(
                byExpert
                        ? new Operator.Streaming("sort by expert", bytes, bytes, SORT_KERNELS, SORT_KERNELS, false, 0)
                        : Operator.Streaming.pass("sort by sender", bytes, 0));
    }

    /**
     * A token travels once to each rank with experts of it; there it is copied for each, and their results are summed before
     * they travel back.
     */
    private void sentOnce(int hidden, Biases biases, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokensOutside();
        int ranks = shard.split().expert();
        double received = tokens * TokenRouting.met(ranks, experts / ranks, topK) * skew(shard);
        double copies = p * hidden * (received + tokens * topK * skew(shard));
        boolean fused = shard.routing().fused();
        out.add(new Operator.Streaming("dispatch plan", 0, 0, LAYOUT_KERNELS, LAYOUT_BACKWARD_KERNELS, false, 0));
        exchange("dispatch", p * hidden, SENT_ONCE_CALLS, shard, out);
        double map = 4 * received * experts / shard.split().expert();
        out.add(new Operator.Streaming(
                RECEIVED_MAP, map, map, fused ? 1 : MAP_KERNELS, fused ? 1 : MAP_BACKWARD_KERNELS, false, 0));
        out.add(new Operator.Streaming("permutation", copies, copies, PERMUTE_KERNELS, 1, false, 4 * tokens * topK));
        regroup("expert gather", true, hidden, shard, out);
        experts(hidden, biases, shard, out);
        regroup("expert sum", false, hidden, shard, out);
        out.add(new Operator.Streaming("unpermutation", copies, copies, 1, 1, false, 0));
        exchange("combine", p * hidden, SENT_ONCE_CALLS, shard, out);
    }

    private void exchange(String name, double bytesPerToken, int calls, Shard shard, List<Operator> out) {
        if (shard.split().expert() > 1) {
            out.add(new Operator.ExpertExchange(
                    name, shard.tokensOutside(), experts, topK, bytesPerToken, nodeLimit, loadSkew, calls));
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
        new RoutedExperts(this, hidden, rows(shard), shard).addOperators(biases, out);
    }

    /** Copies of tokens that the experts of the busiest rank compute. */
    private double rows(Shard shard) {
        double tokens = shard.split().expertTensor() == 1 ? shard.tokensOutside() : shard.tokens();
        return tokens * topK * skew(shard);
    }
}
