package trainyard.scenario.section.job;

import java.util.List;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.importing.HuggingFaceFile;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** {@code job.model}: what is trained, from a preset, a configuration file or its dimensions. */
public final class ModelSection {

    private static final IntegerType SIZE = IntegerType.between(1, 10_000_000);

    /** Families of models, which decide what is not said. */
    public enum Family {
        /** GELU MLP, learned positions, biases, dropout, tied embeddings. */
        GPT,
        /** Gated MLP, rotary positions, no biases, no dropout, untied embeddings. */
        LLAMA
    }

    public static final Field<Model> PRESET = Field.of(
            "preset",
            ChoiceType.preset("model", Presets.models()),
            "Model to start from, as `trainyard show presets` lists it; other keys change parts of it.");
    public static final Field<Model> HUGGINGFACE = Field.of(
            "huggingface",
            new HuggingFaceFile(),
            "Model to start from, read from its Hugging Face `config.json`: a path from this file's folder. Other keys"
                    + " change parts of it.");
    public static final Field<Family> FAMILY = Field.of(
                    "family",
                    ChoiceType.of("family", Family.class),
                    "`gpt` has a GELU MLP, learned positions, biases, dropout and tied"
                            + " embeddings; `llama` a gated MLP, rotary positions and none of the others.")
            .orElse("gpt")
            .only(Use.without(PRESET, "no `preset`").and(Use.without(HUGGINGFACE, "no `huggingface`")));
    public static final Field<Long> LAYERS =
            Field.of("layers", IntegerType.between(1, 100_000), "Transformer layers. Needed without a preset.");
    public static final Field<Long> HIDDEN = Field.of(
            "hidden",
            SIZE,
            "Width of the residual stream. Needed without a preset; another width than a preset's"
                    + " changes in proportion, rounded down, the `ffn`, `expert-ffn` and `shared-ffn` that are left out.");
    public static final Field<Long> HEADS = Field.of("heads", SIZE, "Attention heads. Needed without a preset.");
    public static final Field<Long> KV_HEADS =
            Field.of("kv-heads", SIZE, "Key-value heads. Left out: as many as heads.");
    public static final Field<Long> HEAD_SIZE = Field.of(
            "head-size",
            SIZE,
            "Elements of one head, without those of `rotary-size`. Left out: hidden / heads, or 128 with"
                    + " `kv-rank`.");
    public static final Field<Long> WINDOW = Field.of(
            "window", SIZE, "Latest tokens that a token sees, in every layer. Left out: all, or as in the preset.");
    public static final Field<Long> KV_RANK = Field.of(
            "kv-rank",
            SIZE,
            "Width of the latent from which the keys and values of all heads are projected: multi-head latent attention"
                    + " (DeepSeek-V2). Left out: none, or as in the preset.");
    public static final Field<Long> QUERY_RANK = Field.of(
            "query-rank",
            IntegerType.between(0, 10_000_000),
            "With latent attention: width of the latent of queries, 0 where they are projected directly. Left out: 0.");
    public static final Field<Long> ROTARY_SIZE = Field.of(
            "rotary-size",
            SIZE,
            "With latent attention: elements of a query or key that carry the position. Left out: 64.");
    public static final Field<Long> VALUE_SIZE =
            Field.of("value-size", SIZE, "With latent attention: elements of a value. Left out: as `head-size`.");
    public static final Field<Long> FFN = Field.of(
            "ffn",
            SIZE,
            "Width of the dense MLP, and of experts without `expert-ffn`. Left out: 4 x hidden, or as in the preset; needed"
                    + " for `llama`.");
    public static final Field<Long> EXPERTS = Field.of(
            "experts",
            IntegerType.between(2, 100_000),
            "Routed experts of a layer; makes every MLP a mixture of experts. Left out: none, or as in the preset.");
    public static final Field<Long> TOP_K =
            Field.of("top-k", IntegerType.between(1, 1000), "Experts that a token goes to. Left out: 2.");
    public static final Field<Long> EXPERT_FFN =
            Field.of("expert-ffn", SIZE, "Width of one expert. Left out: `ffn` of the dense MLP, or as in the preset.");
    public static final Field<Long> SHARED_FFN =
            Field.of("shared-ffn", SIZE, "Width of the shared experts together. Left out: none, or as in the preset.");
    public static final Field<Long> DENSE_LAYERS = Field.of(
            "dense-layers",
            IntegerType.between(0, 100_000),
            "First layers that have a dense MLP of `ffn` in place of experts. Left out: none, or as in the preset.");
    public static final Field<Long> NODE_LIMIT = Field.of(
            "node-limit",
            IntegerType.between(0, 100_000),
            "Nodes that the experts of a token may lie on, 0 for any number (DeepSeek-V3). Left out: 0, or as in the"
                    + " preset.");
    public static final Field<Double> LOAD_SKEW = Field.of(
            "load-skew",
            new NumberType(1, 1000),
            "Tokens of the busiest expert-parallel rank over the mean. Left out: 1, balanced.");
    public static final Field<Long> VOCABULARY =
            Field.of("vocabulary", SIZE, "Rows of the embedding table, padding included. Needed without a preset.");
    public static final Field<Boolean> TIED_EMBEDDINGS = Field.of(
            "tied-embeddings", new FlagType(), "Whether input and output share one table. Left out: as in the family.");
    public static final Field<Long> PREDICTION_LAYERS = Field.of(
            "prediction-layers",
            IntegerType.between(0, 100),
            "Tokens predicted beyond the next one, by a further layer each (DeepSeek-V3). Left out: as in the preset.");

    public static final Section SECTION = Section.of(
            "job.model",
            "A model: a preset, a Hugging Face configuration, or a decoder transformer by its dimensions.",
            PRESET,
            HUGGINGFACE,
            FAMILY,
            LAYERS,
            HIDDEN,
            HEADS,
            KV_HEADS,
            HEAD_SIZE,
            WINDOW,
            KV_RANK,
            QUERY_RANK,
            ROTARY_SIZE,
            VALUE_SIZE,
            FFN,
            EXPERTS,
            TOP_K,
            EXPERT_FFN,
            SHARED_FFN,
            DENSE_LAYERS,
            NODE_LIMIT,
            LOAD_SKEW,
            VOCABULARY,
            TIED_EMBEDDINGS,
            PREDICTION_LAYERS);

    private static final List<Field<?>> BASES = List.of(PRESET, HUGGINGFACE, FAMILY);

    private ModelSection() {}

    static Model bind(Values values, int sequenceLength) {
        if (values.isWritten(PRESET) && values.isWritten(HUGGINGFACE)) {
            throw new ScenarioException(Problem.at(
                    values.position(HUGGINGFACE),
                    Problem.Kind.PLAN,
                    "preset and huggingface both say what to start from",
                    "leave one out"));
        }
        Model base = values.find(PRESET)
                .or(() -> values.find(HUGGINGFACE))
                .orElseGet(() -> OwnModel.of(values, sequenceLength));
        if (base instanceof TransformerModel transformer) {
            return ModelChanges.apply(values, transformer, hasBase(values) && isChanged(values), sequenceLength);
        }
        SECTION.fields().stream()
                .filter(field -> !BASES.contains(field) && values.isWritten(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new ScenarioException(Problem.at(
                            values.position(field),
                            Problem.Kind.PLAN,
                            "key '" + field.key() + "' cannot change " + base.name() + ", which is not a decoder",
                            "leave it out"));
                });
        return base;
    }

    /** Whether a preset or a file says what to start from. */
    static boolean hasBase(Values values) {
        return values.isWritten(PRESET) || values.isWritten(HUGGINGFACE);
    }

    private static boolean isChanged(Values values) {
        return SECTION.fields().stream().anyMatch(field -> !BASES.contains(field) && values.isWritten(field));
    }
}
