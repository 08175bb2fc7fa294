package trainyard.scenario.section.checkpoint;

import java.util.List;
import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Visibility;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.CauseUse;
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

    /** What the job does where no right snapshot is left. */
    public enum Unrecoverable {
        /** It starts again from step 0. */
        RESTART,
        /** It ends. */
        END
    }

    /** What the job does on a signal. */
    public enum OnSignal {
        /** It takes a snapshot. */
        SAVE,
        /** Nothing. */
        IGNORE
    }

    /** How the interval is chosen where it is not stated. */
    public enum Rule {
        /** {@code sqrt(2 C M)}, Young 1974. */
        YOUNG,
        /** {@code sqrt(2 C (M + R)) - C}, Daly 2006, first order. */
        DALY,
        /** The exact optimum for exponential faults, with Lambert's W. */
        OPTIMUM,
        /** That optimum for the rate of incidents seen so far, each time the job starts. */
        ADAPTIVE
    }

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
    public static final Field<Optional<Double>> BYTES_PER_PARAMETER = Field.of(
                    "bytes-per-parameter",
                    new AutoType<>(QuantityType.positive(Dimension.DATA)),
                    "Size of a snapshot per parameter of the model. `auto`: weights and the optimizer's state at the precision of"
                            + " the job (2 and 12 with mixed precision and Adam).")
            .orElse("auto");
    public static final Field<Boolean> SHARED_WRITING = Field.of(
                    "shared-writing",
                    new FlagType(),
                    "Whether ranks that hold the same, such as data-parallel replicas, share out its writing; else the first of"
                            + " them writes it. What ZeRO shards, each writes for its own part.")
            .orElse("false");
    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "What the storage takes and gives, all ranks together.")
            .orElse("100 GB/s")
            .only(SaveFields.RATED);
    public static final Field<Optional<Double>> STALL = Field.of(
                    "stall",
                    new AutoType<>(QuantityType.of(Dimension.DURATION)),
                    "How long the job stands still for a snapshot of mode `async`. `auto`: the copy of what the busiest GPU"
                            + " writes to host memory over PCIe. The default is assumed; that of `tiers` is `auto`.")
            .orElse("5 s")
            .only(Use.with(MODE, Mode.ASYNC));
    public static final Field<Damage> SURVIVES = Field.of(
                    "survives",
                    ChoiceType.of("damage", Damage.class),
                    "The worst damage that leaves a snapshot: `node` for shared storage, `restart` for a disk of the node,"
                            + " `process` for its memory, `site` for storage elsewhere.")
            .orElse("node");
    public static final Field<List<Values>> TIERS = Field.of(
            "tiers",
            new ListType<>(TierSection.SECTION, "tiers"),
            "Places where snapshots go, the fastest first, each with its own interval, in place of the keys of a single one."
                    + " The job goes on from the newest snapshot that a fault leaves, of equal ones from that which loads"
                    + " fastest.");
    public static final Field<Double> EXPECTED_MTBF = Field.of(
                    "expected-mtbf",
                    QuantityType.positive(Dimension.DURATION),
                    "What the rule `adaptive` takes the time between faults for before it has seen any; counts as one incident"
                            + " until as many as it remembers are seen.")
            .orElse("24 h")
            .only(Use.with(RULE, Rule.ADAPTIVE));
    public static final Field<Long> REMEMBERED = Field.of(
                    "remembered",
                    IntegerType.between(1, 10_000),
                    "Newest incidents from which the rule `adaptive` estimates the rate.")
            .orElse("20")
            .only(Use.with(RULE, Rule.ADAPTIVE));
    private static final Use ON_SILENT_ERRORS = CauseUse.visible(Visibility.SILENT);

    public static final Field<Long> VERIFY_EVERY = Field.of(
                    "verify-every",
                    IntegerType.between(1, 10_000),
                    "Of how many snapshots one is preceded by a check of the state. Left out: nothing is checked.")
            .only(ON_SILENT_ERRORS.or(
                    new Use("`verify-cost`", List.of(), (own, all) -> own.isWritten(CheckpointSection.VERIFY_COST))));
    public static final Field<Double> VERIFY_COST = Field.of(
                    "verify-cost", QuantityType.of(Dimension.DURATION), "How long the job stands still for a check.")
            .orElse("0 s")
            .only(Use.beside(VERIFY_EVERY));
    public static final Field<Double> VERIFY_RECALL = Field.of(
                    "verify-recall", new NumberType(0.001, 1), "Chance that a check finds a state that is wrong.")
            .orElse("1")
            .only(Use.beside(VERIFY_EVERY).and(ON_SILENT_ERRORS));
    public static final Field<Double> NOTICED_AFTER = Field.of(
                    "noticed-after",
                    QuantityType.of(Dimension.DURATION),
                    "Mean time until a silent error is noticed that no check finds, such as by a loss that does not fall."
                            + " Left out: never.")
            .only(ON_SILENT_ERRORS);
    public static final Field<Double> NOTICED_CV = Field.of(
                    "noticed-cv",
                    new NumberType(0, 10),
                    "Coefficient of variation of that time, which is lognormal; 0 for a fixed time.")
            .orElse("0")
            .only(Use.beside(NOTICED_AFTER));
    public static final Field<Unrecoverable> IF_UNRECOVERABLE = Field.of(
                    "if-unrecoverable",
                    ChoiceType.of("choice", Unrecoverable.class),
                    "What the job does where no snapshot from before a silent error is left: `restart` from step 0, or `end`.")
            .orElse("restart")
            .only(ON_SILENT_ERRORS);
    public static final Field<Double> TIME_LIMIT = Field.of(
            "time-limit",
            QuantityType.positive(Dimension.DURATION),
            "Time after which the nodes are taken away and the job queues again. Left out: none.");
    public static final Field<Double> NOTICE = Field.of(
                    "notice", QuantityType.of(Dimension.DURATION), "How long before that limit a signal comes.")
            .orElse("2 min")
            .only(Use.beside(TIME_LIMIT));
    public static final Field<OnSignal> ON_SIGNAL = Field.of(
                    "on-signal",
                    ChoiceType.of("choice", OnSignal.class),
                    "`save`: a snapshot is begun on the signal, and counts if it is written before the limit. `ignore`: none.")
            .orElse("save")
            .only(Use.beside(TIME_LIMIT));

    private static final Use ONE_PLACE = Use.without(TIERS, "no `tiers`");
    /** Of several tiers each has Young's interval, unless the first adapts. */
    private static final Use INTERVAL_OPEN = new Use(
            "`interval: auto`, of one tier or `adaptive`",
            List.of("interval", "interval-steps", "tiers"),
            (own, all) -> isIntervalOpen(own));

    public static final Section SECTION = Section.of(
            "life.checkpoint",
            "What of the work survives a fault.",
            SaveFields.INTERVAL.only(ONE_PLACE),
            INTERVAL_STEPS,
            RULE.only(INTERVAL_OPEN),
            EXPECTED_MTBF,
            REMEMBERED,
            MODE.only(ONE_PLACE),
            BYTES_PER_PARAMETER,
            SHARED_WRITING,
            BANDWIDTH.only(ONE_PLACE),
            SaveFields.BANDWIDTH_PER_NODE.only(ONE_PLACE),
            SaveFields.WRITE.only(ONE_PLACE),
            STALL.only(ONE_PLACE),
            SaveFields.RESTORE.only(ONE_PLACE),
            SURVIVES.only(ONE_PLACE),
            SaveFields.IN_FLIGHT.only(ONE_PLACE),
            SaveFields.DURABLE_AFTER.only(ONE_PLACE),
            SaveFields.INTERFERENCE.only(ONE_PLACE),
            SaveFields.CONTENT.only(ONE_PLACE),
            SaveFields.FULL_EVERY.only(ONE_PLACE),
            SaveFields.DELTA.only(ONE_PLACE),
            SaveFields.SHRINK.only(ONE_PLACE),
            SaveFields.ENCODE.only(ONE_PLACE),
            SaveFields.UNREADABLE.only(ONE_PLACE),
            SaveFields.RETENTION.only(ONE_PLACE),
            SaveFields.PRICE.only(ONE_PLACE),
            TIERS,
            VERIFY_EVERY,
            VERIFY_COST,
            VERIFY_RECALL,
            NOTICED_AFTER,
            NOTICED_CV,
            IF_UNRECOVERABLE,
            TIME_LIMIT,
            NOTICE,
            ON_SIGNAL);

    private CheckpointSection() {}

    private static boolean isIntervalOpen(Values own) {
        List<Values> tiers = own.find(TIERS).orElse(List.of());
        if (tiers.isEmpty()) {
            return own.get(SaveFields.INTERVAL).isEmpty() && !own.isWritten(INTERVAL_STEPS);
        }
        boolean followed = tiers.size() == 1 || own.get(RULE) == Rule.ADAPTIVE;
        return followed && tiers.get(0).get(SaveFields.INTERVAL).isEmpty();
    }
}
