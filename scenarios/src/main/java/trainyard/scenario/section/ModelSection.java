package trainyard.scenario.section;

import trainyard.parallel.model.transformer.Attention;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.Mlp;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** {@code job.model}: what is trained, from a preset or by its dimensions. */
public final class ModelSection {

    private static final IntegerType SIZE = IntegerType.between(1, 10_000_000);

    /** Families of models, which decide what is not said. */
    public enum Family {
        /** GELU MLP, learned positions, biases, dropout, tied embeddings. */
        GPT,
        /** Gated MLP, rotary positions, no biases, no dropout, untied embeddings. */
        LLAMA
    }

    public static final Field<TransformerModel> PRESET = Field.of(
            "preset",
            ChoiceType.preset("model", Presets.models()),
            "Model to start from, as `trainyard show presets` lists it; other keys change parts of it.");
    public static final Field<Family> FAMILY = Field.of(
                    "family",
                    ChoiceType.of("family", Family.class),
                    "Without a preset: `gpt` has a GELU MLP, learned positions, biases, dropout and tied embeddings;"
                            + " `llama` a gated MLP, rotary positions and none of the others.")
            .orElse("gpt");
    public static final Field<Long> LAYERS =
            Field.of("layers", IntegerType.between(1, 100_000), "Transformer layers. Needed without a preset.");
    public static final Field<Long> HIDDEN =
            Field.of("hidden", SIZE, "Width of the residual stream. Needed without a preset.");
    public static final Field<Long> HEADS = Field.of("heads", SIZE, "Attention heads. Needed without a preset.");
    public static final Field<Long> KV_HEADS =
            Field.of("kv-heads", SIZE, "Key-value heads. Left out: as many as heads.");
    public static final Field<Long> HEAD_SIZE =
            Field.of("head-size", SIZE, "Elements of one head. Left out: hidden / heads.");
    public static final Field<Long> FFN =
            Field.of("ffn", SIZE, "Width of the MLP. Left out: 4 x hidden; needed for `llama`.");
    public static final Field<Long> VOCABULARY =
            Field.of("vocabulary", SIZE, "Rows of the embedding table, padding included. Needed without a preset.");
    public static final Field<Boolean> TIED_EMBEDDINGS = Field.of(
            "tied-embeddings", new FlagType(), "Whether input and output share one table. Left out: as in the family.");

    public static final Section SECTION = Section.of(
            "job.model",
            "A decoder transformer.",
            PRESET,
            FAMILY,
            LAYERS,
            HIDDEN,
            HEADS,
            KV_HEADS,
            HEAD_SIZE,
            FFN,
            VOCABULARY,
            TIED_EMBEDDINGS);

    private ModelSection() {}

    static TransformerModel bind(Values values, int sequenceLength) {
        TransformerModel base = values.find(PRESET).orElseGet(() -> family(values, sequenceLength));
        try {
            int hidden = size(values, HIDDEN, base.hidden());
            boolean tied = values.find(TIED_EMBEDDINGS).orElse(base.vocabulary().tied());
            return base.withName(isChanged(values) ? base.name() + " (changed)" : base.name())
                    .withLayerCount(size(values, LAYERS, base.layerCount()))
                    .withHidden(hidden)
                    .mapBlocks(block -> new Block(
                            attention(values, block.attention(), hidden),
                            mlp(values, block.mlp(), base.hidden(), hidden)))
                    .with(new Vocabulary(
                            size(values, VOCABULARY, base.vocabulary().rows()), tied))
                    .with(base.positions().atLeast(sequenceLength));
        } catch (IllegalArgumentException contradiction) {
            throw new ScenarioException(Problem.at(
                    values.position(), Problem.Kind.PLAN, contradiction.getMessage(), "change one of the two"));
        }
    }

    private static Attention attention(Values values, Attention attention, int hidden) {
        if (!(attention instanceof GroupedQueryAttention base)) {
            return attention;
        }
        int heads = size(values, HEADS, base.heads());
        boolean grouped = base.kvHeads() != base.heads();
        boolean rescaled = values.isWritten(HEADS) || values.isWritten(HIDDEN);
        return new GroupedQueryAttention(
                heads,
                size(values, KV_HEADS, grouped ? base.kvHeads() : heads),
                size(values, HEAD_SIZE, rescaled ? hidden / heads : base.headSize()),
                base.window(),
                base.queryKeyNorm());
    }

    private static Mlp mlp(Values values, Mlp mlp, int before, int hidden) {
        if (!(mlp instanceof DenseMlp base)) {
            return mlp;
        }
        int rescaled = hidden == before ? base.ffn() : Math.toIntExact((long) base.ffn() * hidden / before);
        return new DenseMlp(size(values, FFN, rescaled), base.gated());
    }

    private static boolean isChanged(Values values) {
        return values.isWritten(PRESET)
                && SECTION.fields().stream()
                        .anyMatch(field -> !field.key().equals(PRESET.key()) && values.isWritten(field));
    }

    private static int size(Values values, Field<Long> field, int otherwise) {
        return values.find(field).map(Math::toIntExact).orElse(otherwise);
    }

    /** A model of the family with the dimensions that have to be given. */
    private static TransformerModel family(Values values, int sequenceLength) {
        int layers = needed(values, LAYERS);
        int hidden = needed(values, HIDDEN);
        int heads = needed(values, HEADS);
        int vocabulary = needed(values, VOCABULARY);
        if (values.get(FAMILY) == Family.LLAMA) {
            int kvHeads = values.find(KV_HEADS).map(Math::toIntExact).orElse(heads);
            return TransformerModel.llama("own", layers, hidden, needed(values, FFN), heads, kvHeads, vocabulary);
        }
        return TransformerModel.gpt("own", layers, hidden, 4 * hidden, heads, vocabulary, sequenceLength);
    }

    private static int needed(Values values, Field<Long> field) {
        return values.find(field)
                .map(Math::toIntExact)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        values.position(),
                        Problem.Kind.KEY,
                        "key '" + field.key() + "' is missing in job.model",
                        "give it, or start from a preset: {preset: gpt3-175b}")));
    }
}
