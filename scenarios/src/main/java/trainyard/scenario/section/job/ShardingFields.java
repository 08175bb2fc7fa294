package trainyard.scenario.section.job;

import java.util.Optional;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.hardware.Precision;

/** Keys of {@code job.parallel} that say what the data-parallel ranks shard and when they exchange it. */
final class ShardingFields {

    static final Field<Long> ZERO = Field.of(
                    "zero",
                    IntegerType.between(0, 3),
                    "What the data-parallel ranks shard (ZeRO): 0 nothing, 1 the optimizer state, 2 gradients too, 3"
                            + " weights too (FSDP).")
            .orElse("0");
    static final Field<Long> SHARD_GROUP = Field.of(
                    "shard-group",
                    IntegerType.between(0, 1_000_000),
                    "Data-parallel ranks that hold one copy of what `zero` shards; 0: all of them. Fewer give replicated"
                            + " groups (hybrid sharding, HSDP).")
            .orElse("0");
    static final Field<Optional<Reshard>> RESHARD = Field.of(
                    "reshard",
                    new AutoType<>(ChoiceType.of("reshard", Reshard.class)),
                    "How long gathered weights are kept with `zero: 3`: until the pass has left the layer (`after-forward`),"
                            + " from a micro-batch's forward to its backward pass (`after-backward`, FSDP"
                            + " SHARD_GRAD_OP), or for all micro-batches of a step (`after-step`). `auto`:"
                            + " `after-forward`.")
            .orElse("auto")
            .only(Use.with("zero", "3"));
    static final Field<Long> PREFETCH = Field.of(
                    "prefetch",
                    IntegerType.between(0, 1000),
                    "Layers whose weights are gathered ahead of the one that computes; 0 gathers each when it is needed.")
            .orElse("1")
            .only(Use.with("zero", "3"));
    static final Field<Optional<Boolean>> REDUCE_EACH_MICRO_BATCH = Field.of(
                    "reduce-each-micro-batch",
                    new AutoType<>(new FlagType()),
                    "Whether gradients are summed over the ranks after every micro-batch instead of after the last."
                            + " `auto`: with `zero` 2 and 3. The passes of a pipeline wait for sums after every micro-batch;"
                            + " for those after the last a stage waits once its result has left.")
            .orElse("auto");
    static final Field<Optional<Precision>> GRADIENT_REDUCTION = Field.of(
                    "gradient-reduction",
                    new AutoType<>(ChoiceType.of("precision", Precision.class)),
                    "Number format in which gradients are summed over the ranks. `auto`: the one that the software keeps"
                            + " them in.")
            .orElse("auto");

    private ShardingFields() {}

    static Sharding bind(Values values) {
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
