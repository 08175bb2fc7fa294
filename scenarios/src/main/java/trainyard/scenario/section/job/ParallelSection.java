package trainyard.scenario.section.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.LayerPartition;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.TensorOverlap;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.search.PlanSettings;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;

/** {@code job.parallel}: how the model is spread over the GPUs. */
public final class ParallelSection {

    private static final IntegerType DEGREE = IntegerType.between(1, 1_000_000);

    public static final Field<Long> TENSOR = Field.of(
                    "tensor", DEGREE, "GPUs that split each matrix product (intra-layer model parallelism).")
            .orElse("1");
    public static final Field<Long> PIPELINE = Field.of("pipeline", DEGREE, "Stages that the layers are split into.")
            .orElse("1");
    public static final Field<Optional<Long>> DATA = Field.of(
                    "data",
                    new AutoType<>(DEGREE),
                    "Replicas of the model. `auto`: all GPUs of the cluster / (tensor x context x pipeline).")
            .orElse("auto");
    public static final Field<Long> CONTEXT = Field.of(
                    "context", DEGREE, "GPUs that split every sequence (ring attention and its kin).")
            .orElse("1");
    /** Plans that are searched may have ranks where this section has none, and take these keys over. */
    private static final Use SEARCHED =
            new Use("a `search`", List.of(), (own, all) -> all.settings().containsKey("search"));

    private static final Use SPLIT_SEQUENCES =
            several("a `context` above 1", CONTEXT).or(SEARCHED);
    private static final Use SPLIT_PRODUCTS = several("a `tensor` above 1", TENSOR);
    private static final Use SEVERAL_STAGES = several("a `pipeline` above 1", PIPELINE);

    public static final Field<ContextMethod> CONTEXT_METHOD = Field.of(
                    "context-method",
                    ChoiceType.of("context method", ContextMethod.class),
                    "How attention sees the whole sequence: keys and values go round a `ring` beside it, are gathered"
                            + " before it (`all-gather`), or an all-to-all gives each GPU some heads (`ulysses`).")
            .orElse("ring")
            .only(SPLIT_SEQUENCES);
    public static final Field<Boolean> CONTEXT_BALANCED = Field.of(
                    "context-balanced",
                    new FlagType(),
                    "Whether each GPU holds an early and a late part of the sequence, so that causal attention is the"
                            + " same work for all (zigzag).")
            .orElse("true")
            .only(SPLIT_SEQUENCES);
    public static final Field<Long> EXPERT = Field.of(
                    "expert",
                    DEGREE,
                    "GPUs that hold the experts of a layer between them: not further ones, but those of tensor x context"
                            + " x data grouped anew.")
            .orElse("1");
    private static final Use SPREAD_EXPERTS =
            several("an `expert` above 1", EXPERT).or(SEARCHED);

    public static final Field<ExpertDispatch> EXPERT_DISPATCH = Field.of(
                    "expert-dispatch",
                    ChoiceType.of("way to dispatch tokens", ExpertDispatch.class),
                    "How tokens reach their experts: a copy for each expert (`all-to-all`), all tokens to all"
                            + " (`all-gather`), or a copy for each node, passed on inside it (`deepep`).")
            .orElse("all-to-all")
            .only(SPREAD_EXPERTS);
    public static final Field<ExpertOverlap> EXPERT_OVERLAP = Field.of(
                    "expert-overlap",
                    ChoiceType.of("overlap of the experts' exchange", ExpertOverlap.class),
                    "What runs beside the exchange with the experts: nothing, the shared experts of the same tokens"
                            + " (`shared-expert`), or the other direction of another micro-batch (`micro-batches`).")
            .orElse("none")
            .only(SPREAD_EXPERTS);
    public static final Field<Schedule> SCHEDULE = Field.of(
                    "schedule",
                    new ChoiceType<>("schedule", Problem.Kind.VALUE, schedules()),
                    "In which order a stage runs its micro-batches.")
            .orElse("1f1b")
            .only(SEVERAL_STAGES);
    public static final Field<Optional<Long>> VIRTUAL_STAGES = Field.of(
                    "virtual-stages",
                    new AutoType<>(IntegerType.between(1, 1000)),
                    "Model chunks per stage. `auto`: 2 for `zb-v`, `v-half`, `v-min` and `dualpipe`, and for"
                            + " `interleaved-1f1b` over several stages, else 1; only `interleaved-1f1b` leaves a choice.")
            .orElse("auto");
    public static final Field<List<Long>> LAYERS_PER_CHUNK = Field.of(
            "layers-per-chunk",
            new ListType<>(IntegerType.between(0, 100_000), "whole numbers"),
            "Transformer layers of each chunk in model order; 0 for one that holds only the embedding or the head, as the"
                    + " first and last of Llama 3. Left out: as `layer-split` says.");
    public static final Field<LayerSplit> LAYER_SPLIT = Field.of(
                    "layer-split",
                    ChoiceType.of("split of layers", LayerSplit.class),
                    "How the layers are split over the chunks: `equal` numbers; `ends-as-layers`, where embedding and head"
                            + " take the place of a layer each, so that the first and the last chunk have one fewer"
                            + " (Llama 3; Megatron-LM, account-for-embedding- and account-for-loss-in-pipeline-split); or"
                            + " `balanced` so that the slowest chunk, embedding and head counted, is as fast as it can be.")
            .orElse("equal")
            .only(SEVERAL_STAGES.and(Use.without(LAYERS_PER_CHUNK, "no `layers-per-chunk`")));
    public static final Field<Boolean> SEQUENCE_PARALLEL = Field.of(
                    "sequence-parallel",
                    new FlagType(),
                    "Whether the tensor ranks also split the sequence outside the matrix products.")
            .orElse("false")
            .only(SPLIT_PRODUCTS);
    public static final Field<OffloadTarget> OFFLOAD_OPTIMIZER = Field.of(
                    "offload-optimizer",
                    ChoiceType.of("place of the optimizer's state", OffloadTarget.class),
                    "Where the optimizer's state and the summed gradients lie instead of in device memory; the processors"
                            + " of the host then update (ZeRO-Offload). Needs `zero` 1, 2 or 3, for `nvme` 3.")
            .orElse("none");
    public static final Field<OffloadTarget> OFFLOAD_PARAMETERS = Field.of(
                    "offload-parameters",
                    ChoiceType.of("place of the weights", OffloadTarget.class),
                    "Where the 16-bit weights lie instead of in device memory; each GPU copies its shard before it is"
                            + " gathered (ZeRO-Infinity). Needs `zero: 3`.")
            .orElse("none");
    public static final Field<OffloadTarget> OFFLOAD_ACTIVATIONS = Field.of(
                    "offload-activations",
                    ChoiceType.of("place of the activations", OffloadTarget.class),
                    "Where what the layers keep for the backward pass lies instead of in device memory.")
            .orElse("none");

    public static final Field<Optional<TensorOverlap>> TENSOR_OVERLAP = Field.of(
                    "tensor-overlap",
                    new AutoType<>(ChoiceType.of("overlap of tensor exchanges", TensorOverlap.class)),
                    "What runs beside the exchanges of the tensor ranks: nothing, the weight gradients, or the products"
                            + " themselves cut into pieces (`pipelined`: async tensor parallelism, userbuffers; needs"
                            + " `sequence-parallel`). `auto`: what the software does.")
            .orElse("auto")
            .only(SPLIT_PRODUCTS.or(SEARCHED));
    public static final Section SECTION = Section.of(
            "job.parallel",
            "Degrees of parallelism. tensor x context x pipeline x data GPUs take part.",
            TENSOR,
            PIPELINE,
            DATA,
            CONTEXT,
            CONTEXT_METHOD,
            CONTEXT_BALANCED,
            EXPERT,
            EXPERT_DISPATCH,
            EXPERT_OVERLAP,
            SCHEDULE,
            VIRTUAL_STAGES,
            LAYERS_PER_CHUNK,
            LAYER_SPLIT,
            SEQUENCE_PARALLEL,
            ShardingFields.ZERO,
            ShardingFields.SHARD_GROUP,
            ShardingFields.RESHARD,
            ShardingFields.PREFETCH,
            ShardingFields.REDUCE_EACH_MICRO_BATCH,
            ShardingFields.GRADIENT_REDUCTION,
            GradientExchangeFields.GRADIENT_OVERLAP,
            GradientExchangeFields.GRADIENT_BUCKET,
            OFFLOAD_OPTIMIZER,
            OFFLOAD_PARAMETERS,
            OFFLOAD_ACTIVATIONS,
            TENSOR_OVERLAP,
            GradientExchangeFields.COMPRESSION,
            GradientExchangeFields.COMPRESSION_RATIO,
            GradientExchangeFields.COMPRESSION_RANK,
            GradientExchangeFields.PARAMETER_SERVERS,
            GradientExchangeFields.SERVER_DEVICE,
            GradientExchangeFields.SERVER_BANDWIDTH);

    /** How layers are split over chunks where their numbers are not written out. */
    public enum LayerSplit {
        EQUAL,
        ENDS_AS_LAYERS,
        BALANCED
    }

    private ParallelSection() {}

    /** Whether it says after which micro-batches gradients are summed. */
    public static boolean saysWhenToReduce(Values values) {
        return values.isWritten(ShardingFields.REDUCE_EACH_MICRO_BATCH);
    }

    /** What a degree splits is there where it is above 1. */
    private static Use several(String words, Field<Long> degree) {
        return new Use(words, List.of(degree.key()), (own, all) -> own.get(degree) > 1);
    }

    /** Whether the layers of each chunk are to be chosen by their time. */
    public static boolean balances(Values values) {
        return values.get(LAYER_SPLIT) == LayerSplit.BALANCED
                && values.find(LAYERS_PER_CHUNK).isEmpty();
    }

    /** Layers of each chunk where embedding and head count as one each; empty where another split is asked for. */
    static List<Integer> besideEnds(Values values, ParallelPlan plan, Model model) {
        boolean asked = values.get(LAYER_SPLIT) == LayerSplit.ENDS_AS_LAYERS
                && values.find(LAYERS_PER_CHUNK).isEmpty();
        return asked ? LayerPartition.besideEnds(ChunkLayout.blocks(model), plan.chunks()) : List.of();
    }

    private static Map<String, Schedule> schedules() {
        Map<String, Schedule> words = new LinkedHashMap<>();
        for (Schedule schedule : Schedule.values()) {
            words.put(schedule.word(), schedule);
        }
        return words;
    }

    /** GPUs of one replica of the model. */
    static long gpusPerReplica(Values values) {
        return values.get(TENSOR) * values.get(CONTEXT) * values.get(PIPELINE);
    }

    private static int virtualStages(Values values) {
        Schedule schedule = values.get(SCHEDULE);
        // One chunk a stage would be 1F1B by another name.
        int interleaved = schedule == Schedule.INTERLEAVED && values.get(PIPELINE) > 1 ? 2 : 1;
        long auto = schedule.chunksPerStage().orElse(interleaved);
        return Math.toIntExact(values.get(VIRTUAL_STAGES).orElse(auto));
    }

    /**
     * One stage waits for no other: whatever keeps one chunk on a stage follows each forward pass by its backward pass there. Schedules
     * of several chunks are left, for a plan to refuse.
     */
    private static Schedule schedule(Values values) {
        Schedule stated = values.get(SCHEDULE);
        boolean oneChunk = stated.chunksPerStage().orElse(2) == 1;
        return values.get(PIPELINE) == 1 && oneChunk ? Schedule.ONE_F_ONE_B : stated;
    }

    static ParallelPlan bind(Values values, int data, Checkpointing checkpointing) {
        return new ParallelPlan(
                degrees(values, data),
                new Pipelining(
                        schedule(values),
                        virtualStages(values),
                        values.find(LAYERS_PER_CHUNK).orElse(List.of()).stream()
                                .map(Math::toIntExact)
                                .toList()),
                ShardingFields.bind(values),
                values.get(SEQUENCE_PARALLEL),
                checkpointing,
                exchanges(values),
                offload(values),
                GradientExchangeFields.bind(values));
    }

    private static Exchanges exchanges(Values values) {
        return new Exchanges(
                values.get(CONTEXT_METHOD),
                values.get(CONTEXT_BALANCED),
                values.get(EXPERT_DISPATCH),
                values.get(EXPERT_OVERLAP),
                values.get(TENSOR_OVERLAP));
    }

    /** What a search of plans takes over from the scenario. */
    static PlanSettings settings(Values values) {
        return new PlanSettings(exchanges(values), offload(values), GradientExchangeFields.bind(values));
    }

    private static Offload offload(Values values) {
        return new Offload(
                values.get(OFFLOAD_OPTIMIZER), values.get(OFFLOAD_PARAMETERS), values.get(OFFLOAD_ACTIVATIONS));
    }

    /** Whether anything is moved out of device memory. */
    public static boolean offloads(Values values) {
        return !offload(values).equals(Offload.NONE);
    }

    private static Degrees degrees(Values values, int data) {
        return new Degrees(
                Math.toIntExact(values.get(TENSOR)),
                Math.toIntExact(values.get(CONTEXT)),
                Math.toIntExact(values.get(PIPELINE)),
                data,
                Math.toIntExact(values.get(EXPERT)));
    }
}
