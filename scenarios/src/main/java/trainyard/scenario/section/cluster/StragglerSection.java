package trainyard.scenario.section.cluster;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;

/** One entry of {@code cluster.condition.stragglers}. */
public final class StragglerSection {

    public static final Field<Double> SPEED = Field.of(
                    "speed",
                    new NumberType(0.01, 1),
                    "Share of their speed that the GPUs have left; their kernels take 1 / speed times as long.")
            .asRequired();
    public static final Field<String> GPUS =
            Field.of("gpus", NumberRanges.TYPE, "Which GPUs, such as `3` or `0-7, 12`.");
    public static final Field<String> NODES = Field.of("nodes", NumberRanges.TYPE, "All GPUs of which nodes.");
    public static final Field<Long> COUNT = Field.of(
            "count",
            IntegerType.between(1, 1_000_000),
            "How many GPUs of the job, drawn anew in each replication, instead of `gpus` or `nodes`.");

    static final Section SECTION = Section.of(
            "cluster.condition.stragglers",
            "GPUs of one speed: `gpus`, `nodes` or `count`.",
            SPEED,
            GPUS,
            NODES,
            COUNT);

    private StragglerSection() {}
}
