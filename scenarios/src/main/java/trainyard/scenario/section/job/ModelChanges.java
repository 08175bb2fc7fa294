package trainyard.scenario.section.job;

import trainyard.parallel.model.transformer.Attention;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.Mlp;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Changes the parts of a decoder that {@code job.model} names, and leaves the others. */
final class ModelChanges {

    private static final int DEFAULT_TOP_K = 2;

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
        return base.withLayerCount(size(ModelSection.LAYERS, base.layerCount()))
                .withHidden(hidden)
                .mapBlocks(block -> new Block(attention(block.attention()), mlp(block.mlp())))
                .with(new Vocabulary(rows, tied))
                .withPredictionLayers(size(ModelSection.PREDICTION_LAYERS, base.predictionLayers()));
    }

    private Attention attention(Attention attention) {
        if (!(attention instanceof GroupedQueryAttention base)) {
            requireNone("latent attention", ModelSection.KV_HEADS, ModelSection.HEAD_SIZE, ModelSection.HEADS);
            return attention;
        }
        int heads = size(ModelSection.HEADS, base.heads());
        boolean grouped = base.kvHeads() != base.heads();
        boolean rescaled = values.isWritten(ModelSection.HEADS) || values.isWritten(ModelSection.HIDDEN);
        return new GroupedQueryAttention(
                heads,
                size(ModelSection.KV_HEADS, grouped ? base.kvHeads() : heads),
                size(ModelSection.HEAD_SIZE, rescaled ? hidden / heads : base.headSize()),
                size(ModelSection.WINDOW, base.window()),
                base.queryKeyNorm());
    }

    private Mlp mlp(Mlp mlp) {
        if (mlp instanceof MixtureOfExperts mixture) {
            return mixture(mixture);
        }
        DenseMlp base = (DenseMlp) mlp;
        int rescaled = hidden == hiddenBefore ? base.ffn() : Math.toIntExact((long) base.ffn() * hidden / hiddenBefore);
        DenseMlp dense = new DenseMlp(size(ModelSection.FFN, rescaled), base.gated());
        if (mixed) {
            return dense;
        }
        if (values.find(ModelSection.EXPERTS).isEmpty()) {
            requireNone(
                    "a dense model",
                    ModelSection.TOP_K,
                    ModelSection.EXPERT_FFN,
                    ModelSection.SHARED_FFN,
                    ModelSection.LOAD_SKEW);
            return dense;
        }
        int topK = DEFAULT_TOP_K;
        return mixture(new MixtureOfExperts(
                Math.max(topK, size(ModelSection.EXPERTS, topK)), topK, dense.ffn(), dense.gated(), 0, 0, false, 1));
    }

    private MixtureOfExperts mixture(MixtureOfExperts base) {
        return new MixtureOfExperts(
                size(ModelSection.EXPERTS, base.experts()),
                size(ModelSection.TOP_K, base.topK()),
                size(ModelSection.EXPERT_FFN, base.expertFfn()),
                base.gated(),
                size(ModelSection.SHARED_FFN, base.sharedFfn()),
                base.nodeLimit(),
                base.limited(),
                values.find(ModelSection.LOAD_SKEW).orElse(base.loadSkew()));
    }

    private void requireNone(String model, Field<?>... fields) {
        for (Field<?> field : fields) {
            if (values.isWritten(field)) {
                throw new ScenarioException(Problem.at(
                        values.position(field),
                        Problem.Kind.PLAN,
                        "key '" + field.key() + "' does not apply to " + model,
                        "leave it out"));
            }
        }
    }

    private int size(Field<Long> field, int otherwise) {
        return values.find(field).map(Math::toIntExact).orElse(otherwise);
    }
}
