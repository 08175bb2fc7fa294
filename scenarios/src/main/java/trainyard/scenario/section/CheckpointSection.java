package trainyard.scenario.section;

import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code life.checkpoint}: what of the work survives a fault. */
public final class CheckpointSection {

    /** Whether the job waits until a snapshot is safe. */
    public enum Mode {
        /** It stands still for the whole write. */
        SYNC,
        /** It stands still for `stall`, the write goes on beside the training. */
        ASYNC
    }

    /** How the interval is chosen where it is not stated. */
    public enum Rule {
        /** {@code sqrt(2 C M)}, Young 1974. */
        YOUNG,
        /** {@code sqrt(2 C (M + R)) - C}, Daly 2006, first order. */
        DALY,
        /** The exact optimum for exponential faults, with Lambert's W. */
        OPTIMUM
    }

    public static final Field<Optional<Double>> INTERVAL = Field.of(
                    "interval",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Training time between two snapshots, rounded to whole steps. `auto`: by `rule`.")
            .orElse("auto");
    public static final Field<Long> INTERVAL_STEPS = Field.of(
            "interval-steps",
            IntegerType.of("steps", 1, 1_000_000_000),
            "Steps between two snapshots, in place of `interval`.");
    public static final Field<Rule> RULE = Field.of(
                    "rule",
                    ChoiceType.of("rule", Rule.class),
                    "How `interval: auto` is chosen from what a snapshot costs and the mean time between faults.")
            .orElse("optimum");
    public static final Field<Mode> MODE = Field.of(
                    "mode",
                    ChoiceType.of("mode", Mode.class),
                    "`sync`: the job stands still for the whole write. `async`: it stands still for `stall`, and the write goes"
                            + " on beside it, one at a time; a snapshot counts once it is written.")
            .orElse("sync");
    public static final Field<Double> BYTES_PER_PARAMETER = Field.of(
                    "bytes-per-parameter",
                    QuantityType.positive(Dimension.DATA),
                    "Size of a snapshot per parameter of the model: 2 of the weights and 12 of the optimizer of mixed"
                            + " precision with Adam.")
            .orElse("14 B");
    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "What the storage takes and gives, all ranks together.")
            .orElse("100 GB/s");
    public static final Field<Double> WRITE = Field.of(
            "write",
            QuantityType.of(Dimension.DURATION),
            "Time to write a snapshot. Left out: its size over `bandwidth`.");
    public static final Field<Double> STALL = Field.of(
                    "stall",
                    QuantityType.of(Dimension.DURATION),
                    "How long the job stands still for a snapshot of mode `async`.")
            .orElse("5 s");
    public static final Field<Double> RESTORE = Field.of(
            "restore",
            QuantityType.of(Dimension.DURATION),
            "Time to load a snapshot. Left out: its size over `bandwidth`.");
    public static final Field<Damage> SURVIVES = Field.of(
                    "survives",
                    ChoiceType.of("damage", Damage.class),
                    "The worst damage that leaves a snapshot: `node` for shared storage, `restart` for a disk of the node,"
                            + " `process` for its memory.")
            .orElse("node");

    public static final Section SECTION = Section.of(
            "life.checkpoint",
            "What of the work survives a fault.",
            INTERVAL,
            INTERVAL_STEPS,
            RULE,
            MODE,
            BYTES_PER_PARAMETER,
            BANDWIDTH,
            WRITE,
            STALL,
            RESTORE,
            SURVIVES);

    private CheckpointSection() {}
}
