package trainyard.parallel.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.sim.hardware.Precision;

/**
 * Which operators of a layer the modules of {@link Recompute} name: what runs again and what is no longer kept. Operators
 * are told by the names that the parts of a layer give them.
 *
 * <ul>
 *   <li>A norm's result is the input of the product after it, which therefore keeps none.
 *   <li>The result of the experts' activation is the input of their last product.
 *   <li>The results of the projections up are what attention keeps of queries, keys and values; its statistics stay.
 *   <li>An MLP keeps its input, which its first product would keep, and nothing within; a mixture that of its router.
 * </ul>
 */
public final class RecomputedModules {

    /** The 32-bit statistic of a row that fused attention keeps. */
    private static final double STATISTIC_BYTES = 4;

    private static final Set<String> NORMS = Set.of("attention norm", "cross norm", "mlp norm");
    private static final Set<String> AFTER_NORMS =
            Set.of("qkv", "query", "query down", "cross query", "mlp up", "router");
    /** Beside a frozen product its adapter keeps the input. */
    private static final String ADAPTER_DOWN = " adapter down";

    private static final Set<String> LATENT_UP = Set.of("query", "query up", "kv up", "rotary", "key concatenation");
    /** What keeps results of the experts' activation and of its limits. */
    private static final Set<String> ACTIVATION_RESULTS = Set.of("activation limits", "experts down");

    private static final Set<String> EXPERT_ACTIVATIONS = Set.of("activation limits", "swiglu", "gelu");

    private final Recompute recompute;
    private final List<Operator> operators;
    private final int router;
    private final int mlp;
    private final int end;

    /**
     * @param operators operators of a layer in forward order
     * @param recompute modules
     */
    public RecomputedModules(List<Operator> operators, Recompute recompute) {
        this.recompute = recompute;
        this.operators = operators;
        this.router = first("router", 0);
        this.mlp = first("mlp up", 0);
        this.end = last();
    }

    /** Whether some block of a model has operators of a module. */
    public static boolean meets(Model model, RecomputeModule module, int sequence) {
        Shard shard = new Shard(1, sequence, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2);
        Recompute alone = Recompute.of(EnumSet.of(module));
        return model.layers().stream()
                .filter(Layer::recomputable)
                .distinct()
                .anyMatch(layer -> new RecomputedModules(layer.operators(shard), alone).regions() > 0);
    }

    private int first(String name, int from) {
        for (int i = from; i < operators.size(); i++) {
            if (operators.get(i).name().equals(name)) {
                return i;
            }
        }
        return operators.size();
    }

    /** Where the MLP, dense or a mixture, has ended: it is followed by a norm or an addition, beside attention to its result. */
    private int last() {
        int i = Math.min(router, mlp);
        while (i < operators.size()
                && !operators.get(i).name().equals("mlp output norm")
                && !operators.get(i).name().equals("attention residual")
                && !operators.get(i).name().equals("mlp residual")) {
            i++;
        }
        return i;
    }

    /** Whether an operator runs again. */
    public boolean again(int index) {
        Operator operator = operators.get(index);
        return recompute.has(RecomputeModule.CORE_ATTN) && operator.attentionCore()
                || recompute.has(RecomputeModule.LAYERNORM) && NORMS.contains(operator.name())
                || recompute.has(RecomputeModule.MLA_UP_PROJ) && upProjection(operator)
                || recompute.has(RecomputeModule.MOE_ACT) && expertActivation(index)
                || recompute.has(RecomputeModule.MLP) && inMlp(index)
                || recompute.has(RecomputeModule.MOE) && inMixture(index)
                || recompute.has(RecomputeModule.SHARED_EXPERTS) && inSharedExperts(index);
    }

    /** Bytes that an operator keeps all the same. */
    public double kept(int index) {
        Operator operator = operators.get(index);
        double saved = operator.savedBytes();
        // What a dense MLP and a router keep first is their input, which is the result of the norm before them.
        if (AFTER_NORMS.contains(operator.name().replace(ADAPTER_DOWN, ""))) {
            return recompute.has(RecomputeModule.LAYERNORM) ? 0 : saved;
        }
        boolean withinModule = recompute.has(RecomputeModule.CORE_ATTN) && insideCore(operator)
                || recompute.has(RecomputeModule.MLP) && inMlp(index)
                || recompute.has(RecomputeModule.MOE) && inMixture(index)
                || recompute.has(RecomputeModule.SHARED_EXPERTS) && inSharedExperts(index);
        boolean resultDropped = recompute.has(RecomputeModule.MOE_ACT) && ACTIVATION_RESULTS.contains(operator.name());
        if (withinModule || resultDropped) {
            return 0;
        }
        return recompute.has(RecomputeModule.MLA_UP_PROJ) && hasLatents() ? keptOfLatent(operator) : saved;
    }

    /** Regions that are computed again by themselves, each a call of the framework's checkpointing. */
    public int regions() {
        int regions = 0;
        boolean before = false;
        for (int i = 0; i < operators.size(); i++) {
            boolean again = again(i);
            regions += again && !before ? 1 : 0;
            before = again;
        }
        return regions;
    }

    /** Whether attention runs again, with what it exchanges among the ranks that hold parts of a sequence. */
    public boolean coreAgain() {
        return recompute.has(RecomputeModule.CORE_ATTN);
    }

    /** Whether the exchanges with the experts run again. */
    public boolean exchangesAgain() {
        return recompute.has(RecomputeModule.MOE) && router < operators.size();
    }

    private static boolean insideCore(Operator operator) {
        return operator instanceof Operator.Streaming && operator.attentionCore();
    }

    private boolean hasLatents() {
        return first("kv up", 0) < operators.size();
    }

    private boolean upProjection(Operator operator) {
        return hasLatents() && LATENT_UP.contains(operator.name());
    }

    private static double keptOfLatent(Operator operator) {
        if (operator instanceof Operator.FlashAttention x) {
            return Math.min(x.savedBytes(), STATISTIC_BYTES * x.batch() * x.queries());
        }
        boolean product = operator instanceof Operator.MatrixMultiply x && x.attentionCore();
        return product ? 0 : operator.savedBytes();
    }

    private boolean expertActivation(int index) {
        return EXPERT_ACTIVATIONS.contains(operators.get(index).name())
                && index > first("experts up", 0)
                && index < first("experts down", 0);
    }

    private boolean inMlp(int index) {
        // The exchange before a dense MLP is made by its first product.
        int start = mlp > 0 && operators.get(mlp - 1) instanceof Operator.TensorCollective ? mlp - 1 : mlp;
        return mlp < operators.size() && index >= start && index < end;
    }

    private boolean inMixture(int index) {
        return router < operators.size() && index >= router && index < end;
    }

    /** From the first operator of the shared experts to the addition of their result. */
    private boolean inSharedExperts(int index) {
        int last = first(MixtureOfExperts.SHARED_EXPERT + " add", 0);
        int start = 0;
        while (start < last && !MixtureOfExperts.isOfSharedExperts(operators.get(start))) {
            start++;
        }
        return last < operators.size() && index >= start && index < last;
    }
}
