package trainyard.scenario.section.job;

import java.util.Optional;
import trainyard.parallel.model.transformer.Attention;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.LatentAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Mlp;
import trainyard.parallel.model.transformer.QueryKeyNorm;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Changes the parts of a decoder that {@code job.model} names, and leaves the others. */
final class ModelChanges {

    private static final int DEFAULT_TOP_K = 2;

    /** Sizes of a head of DeepSeek-V2 and V3 (DeepSeek-AI 2024), and defaults of Megatron-Core (MLATransformerConfig). */
    private static final int LATENT_HEAD_SIZE = 128;

    private static final int ROTARY_SIZE = 64;

    private final Values values;
    private final int hiddenBefore;
    private final int hidden;
    private final boolean mixed;

    private ModelChanges(Values values, TransformerModel base) {
        this.values = values;
        this.hiddenBefore = base.hidden();
        this.hidden = size(ModelSection.HIDDEN, base.hidden());
        this.mixed = base.experts() > 1;
    }

    /**
     * The changed model.
     *
     * @param renamed whether the result is to be told from {@code base} by name
     * @throws ScenarioException if the dimensions contradict each other
     */
    static TransformerModel apply(Values values, TransformerModel base, boolean renamed, int sequenceLength) {
        try {
            return new ModelChanges(values, base)
                    .of(base)
                    .withName(renamed ? base.name() + " (changed)" : base.name())
                    .with(base.positions().atLeast(sequenceLength));
        } catch (IllegalArgumentException contradiction) {
            throw new ScenarioException(Problem.at(
                    values.position(), Problem.Kind.PLAN, contradiction.getMessage(), "change one of the two"));
        }
    }

    private TransformerModel of(TransformerModel base) {
        boolean tied = values.find(ModelSection.TIED_EMBEDDINGS)
                .orElse(base.vocabulary().tied());
        int rows = size(ModelSection.VOCABULARY, base.vocabulary().rows());
        TransformerModel shaped = base.withLayerCount(size(ModelSection.LAYERS, base.layerCount()))
                .withHidden(hidden)
                .mapBlocks(block -> new Block(attention(block.attention()), mlp(block.mlp())));
        TransformerModel mixedAfter = values.find(ModelSection.DENSE_LAYERS)
                .map(count -> withDenseLayers(base, shaped, Math.toIntExact(count)))
                .orElse(shaped);
        requireUseOfWidth(mixedAfter);
        return mixedAfter
                .with(new Vocabulary(rows, tied))
                .withPredictionLayers(size(ModelSection.PREDICTION_LAYERS, base.predictionLayers()));
    }

    private Attention attention(Attention attention) {
        if (attention instanceof LatentAttention base) {
            return latent(base);
        }
        GroupedQueryAttention base = (GroupedQueryAttention) attention;
        if (values.isWritten(ModelSection.KV_RANK)) {
            if (base.window() > 0 || base.queryKeyNorm() != QueryKeyNorm.NONE) {
                throw refusal(
                        ModelSection.KV_RANK, "does not apply to attention with windows or norms of queries and keys");
            }
            return latent(new LatentAttention(base.heads(), 0, 1, ROTARY_SIZE, LATENT_HEAD_SIZE, headSize()));
        }
        requireNone(
                "attention without a kv-rank",
                ModelSection.QUERY_RANK,
                ModelSection.ROTARY_SIZE,
                ModelSection.VALUE_SIZE);
        int heads = size(ModelSection.HEADS, base.heads());
        boolean grouped = base.kvHeads() != base.heads();
        boolean rescaled = values.isWritten(ModelSection.HEADS) || values.isWritten(ModelSection.HIDDEN);
        return new GroupedQueryAttention(
                heads,
                size(ModelSection.KV_HEADS, grouped ? base.kvHeads() : heads),
                size(ModelSection.HEAD_SIZE, rescaled ? sharedOut(heads) : base.headSize()),
                size(ModelSection.WINDOW, base.window()),
                base.queryKeyNorm());
    }

    /** Elements of a head where the heads share out the residual stream; frameworks refuse one that is not whole. */
    private int sharedOut(int heads) {
        if (hidden % heads != 0 && !values.isWritten(ModelSection.HEAD_SIZE)) {
            int below = hidden / heads * heads;
            throw new ScenarioException(Problem.at(
                    values.position(values.isWritten(ModelSection.HIDDEN) ? ModelSection.HIDDEN : ModelSection.HEADS),
                    Problem.Kind.VALUE,
                    "hidden " + hidden + " is not a multiple of heads " + heads,
                    "nearest: hidden " + (below == 0 ? "" : below + " or ") + (below + heads) + "; or give head-size"));
        }
        return hidden / heads;
    }

    private LatentAttention latent(LatentAttention base) {
        requireNone("latent attention", ModelSection.KV_HEADS, ModelSection.WINDOW);
        return new LatentAttention(
                size(ModelSection.HEADS, base.heads()),
                size(ModelSection.QUERY_RANK, base.queryRank()),
                size(ModelSection.KV_RANK, base.keyValueRank()),
                size(ModelSection.ROTARY_SIZE, base.rotatedSize()),
                size(ModelSection.HEAD_SIZE, base.plainSize()),
                size(ModelSection.VALUE_SIZE, base.valueSize()));
    }

    private int headSize() {
        return size(ModelSection.HEAD_SIZE, LATENT_HEAD_SIZE);
    }

    /** The first layers dense, all others as the last one. */
    private TransformerModel withDenseLayers(TransformerModel base, TransformerModel shaped, int count) {
        if (!(shaped.lastBlock().mlp() instanceof MixtureOfExperts experts)) {
            throw refusal(ModelSection.DENSE_LAYERS, "does not apply to a dense model");
        }
        if (count >= shaped.layerCount()) {
            throw refusal(
                    ModelSection.DENSE_LAYERS, "leaves none of the " + shaped.layerCount() + " layers to the experts");
        }
        TransformerModel mixtures = shaped.mapBlocks(block -> new Block(block.attention(), experts));
        return count == 0 ? mixtures : mixtures.withFirstMlps(count, denseMlp(base, experts.gated()));
    }

    private DenseMlp denseMlp(TransformerModel base, boolean gated) {
        Optional<DenseMlp> dense = base.blocks().stream()
                .map(Block::mlp)
                .filter(DenseMlp.class::isInstance)
                .map(DenseMlp.class::cast)
                .findFirst()
                .filter(mlp -> widthIsKnown());
        if (dense.isEmpty() && !values.isWritten(ModelSection.FFN)) {
            throw new ScenarioException(Problem.at(
                    values.position(ModelSection.DENSE_LAYERS),
                    Problem.Kind.KEY,
                    "key 'ffn' is missing in job.model: the width of the dense layers",
                    "give it"));
        }
        return dense.map(this::changed).orElseGet(() -> new DenseMlp(size(ModelSection.FFN, 0), gated));
    }

    /** Not of a {@code llama} without a base that states its experts' width alone, which {@link OwnModel} takes instead. */
    private boolean widthIsKnown() {
        return !values.isWritten(ModelSection.EXPERT_FFN)
                || ModelSection.hasBase(values)
                || values.get(ModelSection.FAMILY) == ModelSection.Family.GPT;
    }

    /**
     * A width of dense MLPs counts where there is one, or where experts made of it have none of their own. One that stands
     * beside {@code dense-layers: 0} is what other values of a sweep take.
     */
    private void requireUseOfWidth(TransformerModel model) {
        boolean dense = model.blocks().stream().anyMatch(block -> block.mlp() instanceof DenseMlp);
        boolean stated = values.isWritten(ModelSection.DENSE_LAYERS);
        if (!dense && !stated && (mixed || values.isWritten(ModelSection.EXPERT_FFN))) {
            requireNone("a model whose layers all have experts; expert-ffn is their width", ModelSection.FFN);
        }
    }

    private DenseMlp changed(DenseMlp base) {
        return new DenseMlp(size(ModelSection.FFN, inProportion(base.ffn())), base.gated());
    }

    /** A width of an MLP that is not stated keeps its proportion to the stream, in dense layers, experts and shared experts alike. */
    private int inProportion(int width) {
        return hidden == hiddenBefore ? width : Math.toIntExact((long) width * hidden / hiddenBefore);
    }

    private Mlp mlp(Mlp mlp) {
        if (mlp instanceof MixtureOfExperts mixture) {
            return mixture(mixture, inProportion(mixture.expertFfn()), inProportion(mixture.sharedFfn()));
        }
        DenseMlp dense = changed((DenseMlp) mlp);
        if (mixed) {
            return dense;
        }
        if (values.find(ModelSection.EXPERTS).isEmpty()) {
            requireNone(
                    "a dense model",
                    ModelSection.TOP_K,
                    ModelSection.EXPERT_FFN,
                    ModelSection.SHARED_FFN,
                    ModelSection.NODE_LIMIT,
                    ModelSection.LOAD_SKEW);
            return dense;
        }
        int topK = DEFAULT_TOP_K;
        MixtureOfExperts plain = new MixtureOfExperts(
                Math.max(topK, size(ModelSection.EXPERTS, topK)), topK, dense.ffn(), dense.gated(), 0, 0, false, 1);
        return mixture(plain, dense.ffn(), 0);
    }

    private MixtureOfExperts mixture(MixtureOfExperts base, int expertFfn, int sharedFfn) {
        return new MixtureOfExperts(
                size(ModelSection.EXPERTS, base.experts()),
                size(ModelSection.TOP_K, base.topK()),
                size(ModelSection.EXPERT_FFN, expertFfn),
                base.gated(),
                size(ModelSection.SHARED_FFN, sharedFfn),
                size(ModelSection.NODE_LIMIT, base.nodeLimit()),
                base.limited(),
                values.find(ModelSection.LOAD_SKEW).orElse(base.loadSkew()));
    }

    private void requireNone(String model, Field<?>... fields) {
        for (Field<?> field : fields) {
            if (values.isWritten(field)) {
                throw refusal(field, "does not apply to " + model);
            }
        }
    }

    private ScenarioException refusal(Field<?> field, String why) {
        return new ScenarioException(Problem.at(
                values.position(field), Problem.Kind.PLAN, "key '" + field.key() + "' " + why, "leave it out"));
    }

    private int size(Field<Long> field, int otherwise) {
        return values.find(field).map(Math::toIntExact).orElse(otherwise);
    }
}
