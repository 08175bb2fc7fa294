package trainyard.scenario.section.checkpoint;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** Keys of snapshots that go to one place, and of each tier where they go to several. */
public final class SaveFields {

    /** What a snapshot holds. */
    public enum Content {
        /** The whole state. */
        FULL,
        /** What changed since the one before; the first of a run and every `full-every`-th one are full. */
        INCREMENTAL,
        /** The whole state with fewer bits. */
        QUANTISED
    }

    public static final Field<Optional<Double>> INTERVAL = Field.of(
                    "interval",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Training time between two snapshots, rounded to whole steps. `auto`: by `rule`, and long enough for"
                            + " a save of mode `async` to end before the next; of several tiers, each for the faults that no"
                            + " faster tier survives.")
            .orElse("auto");
    /** Rates count for nothing where both times are stated. */
    static final Use RATED = new Use(
            "`write` or `restore` left out",
            List.of("write", "restore"),
            (own, all) -> own.text("write").isEmpty() || own.text("restore").isEmpty());

    public static final Field<Double> BANDWIDTH_PER_NODE = Field.of(
                    "bandwidth-per-node",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "What one node can send to or read from the store. Left out: the rate of its network ports, or of its drives.")
            .only(RATED);
    public static final Field<Double> WRITE = Field.of(
            "write",
            QuantityType.of(Dimension.DURATION),
            "Time to write a snapshot. Left out: its size over the bandwidth that all ranks share, or that of the node that"
                    + " writes most, whichever takes longer.");
    public static final Field<Double> RESTORE = Field.of(
            "restore",
            QuantityType.of(Dimension.DURATION),
            "Time to load a snapshot. Left out: its size over the same bandwidths.");
    public static final Field<Long> IN_FLIGHT = Field.of(
                    "in-flight",
                    IntegerType.between(1, 100),
                    "Saves of mode `async` that may go on at the same time; the next snapshot waits for the oldest of as many.")
            .orElse("1")
            .only(Use.with("mode", "async"));
    public static final Field<Double> DURABLE_AFTER = Field.of(
                    "durable-after",
                    QuantityType.of(Dimension.DURATION),
                    "Time after a write until the snapshot counts as safe, which holds nothing up.")
            .orElse("0 s");
    public static final Field<Optional<Double>> INTERFERENCE = Field.of(
                    "interference",
                    new AutoType<>(new NumberType(0, 0.9)),
                    "Share of its speed that the training loses while a save of mode `async` goes on. `auto`: what the save"
                            + " takes of the network ports of the busiest node stretches the exchanges between nodes that"
                            + " nothing hides.")
            .orElse("auto")
            .only(Use.with("mode", "async", "upload"));
    public static final Field<Content> CONTENT = Field.of(
                    "content",
                    ChoiceType.of("content", Content.class),
                    "`full`: the whole state. `incremental`: what changed since the snapshot before; loading replays the last"
                            + " full one and every link behind it. `quantised`: the whole state at `shrink` of its size.")
            .orElse("full");
    public static final Field<Long> FULL_EVERY = Field.of(
                    "full-every", IntegerType.between(2, 10_000), "Of how many `incremental` snapshots one is full.")
            .orElse("10")
            .only(Use.with(CONTENT, Content.INCREMENTAL));
    public static final Field<Double> DELTA = Field.of(
                    "delta", new NumberType(1e-6, 1), "Size of what changed over that of a full snapshot.")
            .orElse("15%")
            .only(Use.with(CONTENT, Content.INCREMENTAL));
    public static final Field<Double> SHRINK = Field.of(
                    "shrink", new NumberType(0.01, 1), "Size of a `quantised` snapshot over that of a full one.")
            .orElse("50%")
            .only(Use.with(CONTENT, Content.QUANTISED));
    public static final Field<Double> ENCODE = Field.of(
                    "encode",
                    QuantityType.of(Dimension.DURATION),
                    "Time that the job stands still to make a snapshot smaller, or to find what changed.")
            .orElse("0 s");
    public static final Field<Double> UNREADABLE = Field.of(
                    "unreadable",
                    new NumberType(0, 0.99),
                    "Chance that a snapshot, or a link of a chain, turns out unreadable when it is needed.")
            .orElse("0");
    public static final Field<Values> RETENTION = Field.of(
                    "retention", RetentionSection.SECTION, "Which snapshots are kept. Left out: the newest one.")
            .orElse("");
    public static final Field<Double> PRICE =
            Field.of("price", QuantityType.of(Dimension.MONEY_PER_DATA_TIME), "Price of what is stored.");

    private SaveFields() {}
}
