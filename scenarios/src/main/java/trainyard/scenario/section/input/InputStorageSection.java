package trainyard.scenario.section.input;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code input.storage}: the storage that all nodes share. */
public final class InputStorageSection {

    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "What it gives and takes, all nodes together.")
            .asRequired();
    public static final Field<Optional<Double>> NODE_BANDWIDTH = Field.of(
                    "node-bandwidth",
                    new AutoType<>(QuantityType.positive(Dimension.DATA_RATE)),
                    "Most that one node gets. `auto`: the rate of all network ports of the node.")
            .orElse("auto");
    public static final Field<Double> LATENCY = Field.of(
                    "latency", QuantityType.of(Dimension.DURATION), "Mean time from a read to its first byte.")
            .orElse("1 ms");
    public static final Field<Double> LATENCY_VARIATION = Field.of(
                    "latency-variation",
                    new NumberType(0, 100),
                    "Coefficient of variation of that time (gamma law); each rank then has reads of its own, and all wait for"
                            + " the slowest.")
            .orElse("0");
    public static final Field<Double> PAUSE_EVERY = Field.of(
            "pause-every",
            QuantityType.positive(Dimension.DURATION),
            "Mean time (exponential) between pauses in which the storage gives nothing. Left out: there are none.");
    public static final Field<Double> PAUSE_LENGTH = Field.of(
                    "pause-length", QuantityType.positive(Dimension.DURATION), "Mean length (exponential) of a pause.")
            .orElse("1 s");
    public static final Field<Double> DATA_WEIGHT = Field.of(
            "data-weight",
            new NumberType(1e-6, 1e6),
            "Part of the rate that reads of data get beside checkpoints, in proportion to `checkpoint-weight`; what a class"
                    + " does not use goes to the other. Left out: every stream of either counts the same.");
    public static final Field<Double> CHECKPOINT_WEIGHT = Field.of(
                    "checkpoint-weight",
                    new NumberType(1e-6, 1e6),
                    "Part of the rate that checkpoints get beside reads of data; counts with `data-weight` only.")
            .orElse("1");
    public static final Field<Double> CHECKPOINT_LIMIT = Field.of(
            "checkpoint-limit",
            QuantityType.positive(Dimension.DATA_RATE),
            "Most that checkpoints get. Left out: no limit.");

    public static final Section SECTION = Section.of(
            "input.storage",
            "The storage that all nodes share.",
            BANDWIDTH,
            NODE_BANDWIDTH,
            LATENCY,
            LATENCY_VARIATION,
            PAUSE_EVERY,
            PAUSE_LENGTH,
            DATA_WEIGHT,
            CHECKPOINT_WEIGHT,
            CHECKPOINT_LIMIT);

    private InputStorageSection() {}
}
