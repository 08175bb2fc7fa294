package trainyard.scenario.section.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.GradientCompression;
import trainyard.parallel.plan.GradientExchange;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.ParameterServers;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.plan.TensorOverlap;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.search.PlanSettings;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.sim.hardware.Precision;
import trainyard.sim.units.Dimension;

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
            "Transformer layers of each chunk in model order. Left out: as `layer-split` says.");
    public static final Field<LayerSplit> LAYER_SPLIT = Field.of(
                    "layer-split",
                    ChoiceType.of("split of layers", LayerSplit.class),
                    "How the layers are split over the chunks: `equal` numbers, or `balanced` so that the slowest chunk,"
                            + " embedding and head counted, is as fast as it can be.")
            .orElse("equal")
            .only(SEVERAL_STAGES.and(Use.without(LAYERS_PER_CHUNK, "no `layers-per-chunk`")));
    public static final Field<Boolean> SEQUENCE_PARALLEL = Field.of(
                    "sequence-parallel",
                    new FlagType(),
                    "Whether the tensor ranks also split the sequence outside the matrix products.")
            .orElse("false")
            .only(SPLIT_PRODUCTS);
    public static final Field<Long> ZERO = Field.of(
                    "zero",
                    IntegerType.between(0, 3),
                    "What the data-parallel ranks shard (ZeRO): 0 nothing, 1 the optimizer state, 2 gradients too, 3"
                            + " weights too (FSDP).")
            .orElse("0");
    public static final Field<Long> SHARD_GROUP = Field.of(
                    "shard-group",
                    IntegerType.between(0, 1_000_000),
                    "Data-parallel ranks that hold one copy of what `zero` shards; 0: all of them. Fewer give replicated"
                            + " groups (hybrid sharding, HSDP).")
            .orElse("0");
    public static final Field<Optional<Reshard>> RESHARD = Field.of(
                    "reshard",
                    new AutoType<>(ChoiceType.of("reshard", Reshard.class)),
                    "How long gathered weights are kept with `zero: 3`: until the pass has left the layer (`after-forward`),"
                            + " from a micro-batch's forward to its backward pass (`after-backward`, FSDP"
                            + " SHARD_GRAD_OP), or for all micro-batches of a step (`after-step`). `auto`:"
                            + " `after-forward`.")
            .orElse("auto")
            .only(Use.with("zero", "3"));
    public static final Field<Long> PREFETCH = Field.of(
                    "prefetch",
                    IntegerType.between(0, 1000),
                    "Layers whose weights are gathered ahead of the one that computes; 0 gathers each when it is needed.")
            .orElse("1")
            .only(Use.with("zero", "3"));
    public static final Field<Optional<Boolean>> REDUCE_EACH_MICRO_BATCH = Field.of(
                    "reduce-each-micro-batch",
                    new AutoType<>(new FlagType()),
                    "Whether gradients are summed over the ranks after every micro-batch instead of after the last."
                            + " `auto`: with `zero` 2 and 3.")
            .orElse("auto");
    public static final Field<Optional<Precision>> GRADIENT_REDUCTION = Field.of(
                    "gradient-reduction",
                    new AutoType<>(ChoiceType.of("precision", Precision.class)),
                    "Number format in which gradients are summed over the ranks. `auto`: the one that the software keeps"
                            + " them in.")
            .orElse("auto");

    public static final Field<Optional<Boolean>> GRADIENT_OVERLAP = Field.of(
                    "gradient-overlap",
                    new AutoType<>(new FlagType()),
                    "Whether gradients are reduced in buckets beside the last backward pass instead of in one piece after it."
                            + " `auto`: as the software does. Without effect where `zero` 2 or 3 reduces layer by layer.")
            .orElse("auto");
    public static final Field<Optional<Double>> GRADIENT_BUCKET = Field.of(
                    "gradient-bucket",
                    new AutoType<>(QuantityType.positive(Dimension.DATA)),
                    "Bytes of gradients in one bucket of the overlapped reduction: small tensors are fused up to this size,"
                            + " large ones are cut. `auto`: that of the software.")
            .orElse("auto");
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
    public static final Field<GradientCompression.Method> COMPRESSION = Field.of(
                    "compression",
                    ChoiceType.of("compression of gradients", GradientCompression.Method.class),
                    "How gradients are made smaller before the replicas exchange them: cast (`fp16`), the largest elements"
                            + " (`top-k`), signs gathered from all (`sign`) or summed in parts (`one-bit`), or two"
                            + " low-rank factors (`powersgd`). Needs `zero: 0`.")
            .orElse("none");
    public static final Field<Double> COMPRESSION_RATIO = Field.of(
                    "compression-ratio",
                    QuantityType.positive(Dimension.NUMBER),
                    "Elements of a gradient over those that are kept.")
            .orElse("100")
            .only(Use.with(COMPRESSION, GradientCompression.Method.TOP_K));
    public static final Field<Long> COMPRESSION_RANK = Field.of(
                    "compression-rank", IntegerType.between(1, 1024), "Columns of the factors.")
            .orElse("4")
            .only(Use.with(COMPRESSION, GradientCompression.Method.POWERSGD));
    public static final Field<Long> PARAMETER_SERVERS = Field.of(
                    "parameter-servers",
                    IntegerType.between(0, 1_000_000),
                    "Nodes beside the cluster's that sum the gradients, update and give the weights out; 0: the replicas"
                            + " sum among themselves. Needs `zero: 0`.")
            .orElse("0");
    private static final Use HAS_SERVERS =
            new Use("`parameter-servers`", List.of("parameter-servers"), (own, all) -> own.get(PARAMETER_SERVERS) > 0);

    public static final Field<ParameterServers.Device> SERVER_DEVICE = Field.of(
                    "server-device",
                    ChoiceType.of("device of parameter servers", ParameterServers.Device.class),
                    "What sums and updates on a parameter server.")
            .orElse("cpu")
            .only(HAS_SERVERS);
    public static final Field<Double> SERVER_BANDWIDTH = Field.of(
                    "server-bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate of a parameter server's network ports together, per direction. Left out: as a node's.")
            .only(HAS_SERVERS);

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
            ZERO,
            SHARD_GROUP,
            RESHARD,
            PREFETCH,
            REDUCE_EACH_MICRO_BATCH,
            GRADIENT_REDUCTION,
            GRADIENT_OVERLAP,
            GRADIENT_BUCKET,
            OFFLOAD_OPTIMIZER,
            OFFLOAD_PARAMETERS,
            OFFLOAD_ACTIVATIONS,
            TENSOR_OVERLAP,
            COMPRESSION,
            COMPRESSION_RATIO,
            COMPRESSION_RANK,
            PARAMETER_SERVERS,
            SERVER_DEVICE,
            SERVER_BANDWIDTH);

    /** How layers are split over chunks where their numbers are not written out. */
    public enum LayerSplit {
        EQUAL,
        BALANCED
    }

    private ParallelSection() {}

    /** What a degree splits is there where it is above 1. */
    private static Use several(String words, Field<Long> degree) {
        return new Use(words, List.of(degree.key()), (own, all) -> own.get(degree) > 1);
    }

    /** Whether the layers of each chunk are to be chosen by their time. */
    public static boolean balances(Values values) {
        return values.get(LAYER_SPLIT) == LayerSplit.BALANCED
                && values.find(LAYERS_PER_CHUNK).isEmpty();
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
                sharding(values),
                values.get(SEQUENCE_PARALLEL),
                checkpointing,
                exchanges(values),
                offload(values),
                gradients(values));
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
        return new PlanSettings(exchanges(values), offload(values), gradients(values));
    }

    private static GradientExchange gradients(Values values) {
        GradientCompression compression = new GradientCompression(
                values.get(COMPRESSION), values.get(COMPRESSION_RATIO), Math.toIntExact(values.get(COMPRESSION_RANK)));
        int servers = Math.toIntExact(values.get(PARAMETER_SERVERS));
        return new GradientExchange(
                compression,
                servers == 0
                        ? Optional.empty()
                        : Optional.of(new ParameterServers(
                                servers,
                                values.get(SERVER_DEVICE),
                                values.find(SERVER_BANDWIDTH).orElse(0.0))));
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

    /** The software with what the section changes of its reduction of gradients. */
    static SoftwareProfile software(Values values, SoftwareProfile base) {
        SoftwareProfile overlapped = values.get(GRADIENT_OVERLAP)
                .map(wanted -> base.with(SoftwareFeature.GRADIENT_OVERLAP, wanted))
                .orElse(base);
        return values.get(GRADIENT_BUCKET).map(overlapped::withBucketBytes).orElse(overlapped);
    }

    private static Sharding sharding(Values values) {
        Sharding stage = Sharding.zero(Math.toIntExact(values.get(ZERO)));
        return new Sharding(
                stage.zeroStage(),
                Math.toIntExact(values.get(SHARD_GROUP)),
                values.get(RESHARD).orElse(stage.reshard()),
                Math.toIntExact(values.get(PREFETCH)),
                values.get(REDUCE_EACH_MICRO_BATCH).orElse(stage.reduceEachMicroBatch()),
                values.get(GRADIENT_REDUCTION));
    }
}
