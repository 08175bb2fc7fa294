package trainyard.scenario.section.job;

import java.util.List;
import java.util.Map;
import trainyard.parallel.kernel.CudaGraphs;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeMethod;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Problem;

/** {@code job}: one training job. */
public final class JobSection {

    /** Names that PyTorch and others have for precisions. */
    private static final Map<String, String> PRECISIONS_ELSEWHERE = Map.of(
            "float32", "did you mean 'fp32'?",
            "float16", "did you mean 'fp16'?",
            "half", "did you mean 'fp16'?",
            "bfloat16", "did you mean 'bf16'?",
            "float8", "did you mean 'fp8'?");

    public static final Field<Values> MODEL =
            Field.of("model", ModelSection.SECTION, "What is trained.").asRequired();
    public static final Field<Values> BATCH =
            Field.of("batch", BatchSection.SECTION, "Batch sizes.").asRequired();
    public static final Field<PrecisionRecipe> PRECISION = Field.of(
                    "precision",
                    new ChoiceType<>("precision", Problem.Kind.VALUE, Presets.precisions(), PRECISIONS_ELSEWHERE),
                    "Number formats: `fp8` and narrower quantise the operands of linear layers alone, by one scale per"
                            + " tensor from its present (`fp8`) or earlier values (`fp8-delayed`), or by one per 128"
                            + " (`fp8-block`), 32 (`mxfp8`) or 16 values (`nvfp4`).")
            .orElse("bf16");
    public static final Field<Values> PARALLEL = Field.of(
                    "parallel", ParallelSection.SECTION, "How the model is spread over the GPUs.")
            .orElse("");
    public static final Field<Recompute> RECOMPUTE = Field.of(
                    "recompute",
                    new RecomputeType(),
                    "What the backward pass computes again to save memory: nothing, the attention core"
                            + " (`selective`), all but attention and every second product (`operators`, which torchtitan"
                            + " calls selective), the whole layer (`full`), or the modules of a list, as Megatron-Core's"
                            + " `--recompute-modules`: attention core, activation of routed experts, norms before attention and MLP, projections up"
                            + " of latent attention, dense MLP, mixture of experts, shared experts.")
            .orElse("none");
    public static final Field<RecomputeMethod> RECOMPUTE_METHOD = Field.of(
                    "recompute-method",
                    ChoiceType.of("way to choose recomputed layers", RecomputeMethod.class),
                    "Which layers `recompute` applies to: all, `full` in groups of `recompute-layers` of which only the"
                            + " input is kept (`uniform`), or the first `recompute-layers` of each chunk (`block`).")
            .orElse("uniform")
            .only(Use.beside(RECOMPUTE));
    public static final Field<List<Long>> RECOMPUTE_LAYERS = Field.of(
            "recompute-layers",
            new OneOrMoreType<>(new ListType<>(IntegerType.between(0, 100_000), "whole numbers")),
            "Transformer layers that `recompute-method` speaks of: one number, or with `block` one for each chunk in"
                    + " model order. Left out: groups of one layer, all layers of a chunk.");
    public static final Field<SoftwareProfile> SOFTWARE = Field.of(
                    "software",
                    ChoiceType.preset("software profile", Presets.software()),
                    "What the training framework did at the time, as `trainyard show presets` lists it.")
            .orElse("megatron-core-2024");

    public static final Field<CudaGraphs> CUDA_GRAPHS = Field.of(
                    "cuda-graphs",
                    ChoiceType.of("scope of CUDA graphs", CudaGraphs.class),
                    "What the host launches as CUDA graphs, in place of one kernel after the other: nothing, the parts of"
                            + " `layers` whose sizes are fixed (all but the way to the experts and the experts), or the whole"
                            + " `step`, for which a mixture needs buffers of fixed size. The memory that graphs take is not"
                            + " counted.")
            .orElse("none");

    public static final Field<Values> ADAPTERS = Field.of(
            "adapters", AdapterSection.SECTION, "Low-rank adapters on frozen weights. Left out: all weights train.");
    public static final Field<Double> TRAIN_TOKENS = Field.of(
            "train-tokens",
            new NumberType(1, 1e18, "tokens"),
            "Tokens of the whole training, such as `300e9 tokens`; the metrics `time-to-train` and `cost.train` need it.");

    public static final Section SECTION = Section.of(
            "job",
            "One training job.",
            MODEL,
            ADAPTERS,
            BATCH,
            PRECISION,
            PARALLEL,
            RECOMPUTE,
            RECOMPUTE_METHOD,
            RECOMPUTE_LAYERS,
            SOFTWARE,
            CUDA_GRAPHS,
            TRAIN_TOKENS);

    private JobSection() {}

    /** What the backward pass computes again, and in which layers. */
    static Checkpointing checkpointing(Values values) {
        return new Checkpointing(
                values.get(RECOMPUTE),
                values.get(RECOMPUTE_METHOD),
                values.find(RECOMPUTE_LAYERS).orElse(List.of()).stream()
                        .map(Math::toIntExact)
                        .toList());
    }
}
