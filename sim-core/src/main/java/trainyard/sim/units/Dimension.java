package trainyard.sim.units;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a quantity measures, with the units in which it may be written. The base unit, in which the simulator holds the
 * value, stands in each constant's comment.
 */
public enum Dimension {
    /** Seconds. */
    DURATION("a duration", "15 min", Rules.PHYSICAL, UnitTables.time()),
    /** GPU-seconds. */
    GPU_TIME("an amount of GPU time", "1000 GPU-hours", Rules.PHYSICAL, UnitTables.thingTime("GPU")),
    /** Bytes. */
    DATA("an amount of data", "80 GiB", Rules.PHYSICAL, UnitTables.bytes()),
    /** Bytes per second. */
    DATA_RATE("a data rate", "400 Gb/s", Rules.PHYSICAL, UnitTables.byteRates()),
    /** Floating-point operations. */
    COMPUTE("an amount of computation", "2 PFLOP", Rules.PHYSICAL, UnitTables.decimal("FLOP", "FLOP")),
    /** Floating-point operations per second. */
    COMPUTE_RATE("a compute rate", "312 TFLOP/s", Rules.PHYSICAL, UnitTables.decimal("FLOP/s", "FLOP per second")),
    /** Hertz. */
    FREQUENCY(
            "a frequency",
            "1.41 GHz",
            Rules.PHYSICAL,
            UnitTables.decimal("Hz", "hertz").subList(0, 4)),
    /** Events per second, of the whole thing that the rate is given for. */
    EVENT_RATE("an event rate", "2 /day", Rules.PHYSICAL, UnitTables.perTime(UnitTables.none())),
    /** Events per second and GPU. */
    EVENT_RATE_PER_GPU(
            "an event rate per GPU",
            "1.97e-5 /GPU-hour",
            Rules.PHYSICAL,
            UnitTables.perThingTime(UnitTables.none(), "GPU")),
    /** Events per second and node. */
    EVENT_RATE_PER_NODE(
            "an event rate per node",
            "1e-4 /node-hour",
            Rules.PHYSICAL,
            UnitTables.perThingTime(UnitTables.none(), "node")),
    /** Tokens per second. */
    TOKEN_RATE("a token rate", "3e6 tokens/s", Rules.PHYSICAL, List.of(Unit.of("tokens/s", "tokens per second", 1, 1))),
    /** Watts. */
    POWER("a power", "10 kW", Rules.PHYSICAL, UnitTables.decimal("W", "watts").subList(0, 4)),
    /** Joules. */
    ENERGY("an energy", "3 kWh", Rules.PHYSICAL, UnitTables.energy()),
    /** A ratio: 1 is the whole, so 35% is 0.35. */
    FRACTION("a fraction", "35%", Rules.RATIO, List.of(UnitTables.percent())),
    /** A fraction per second, not compounded. */
    GROWTH("a growth rate", "40% per year", Rules.SIGNED, UnitTables.perTime(UnitTables.percent())),
    /** US dollars. */
    MONEY("a price", "320000 USD", Rules.SIGNED, List.of(UnitTables.dollar())),
    /** US dollars per second. */
    MONEY_RATE("a running cost", "250000 USD/year", Rules.SIGNED, UnitTables.perTime(UnitTables.dollar())),
    /** US dollars per GPU-second. */
    MONEY_PER_GPU_TIME(
            "a price per GPU-hour",
            "4 USD/GPU-hour",
            Rules.SIGNED,
            UnitTables.perThingTime(UnitTables.dollar(), "GPU")),
    /** US dollars per node-second. */
    MONEY_PER_NODE_TIME(
            "a price per node-hour",
            "32 USD/node-hour",
            Rules.SIGNED,
            UnitTables.perThingTime(UnitTables.dollar(), "node")),
    /** US dollars per GPU. */
    MONEY_PER_GPU(
            "a price per GPU",
            "30000 USD/GPU",
            Rules.SIGNED,
            List.of(UnitTables.dollar().per(Unit.of("GPU", "GPU", 1, 1)))),
    /** US dollars per node. */
    MONEY_PER_NODE(
            "a price per node",
            "320000 USD/node",
            Rules.SIGNED,
            List.of(UnitTables.dollar().per(Unit.of("node", "node", 1, 1)))),
    /** US dollars per byte. */
    MONEY_PER_DATA("a price of data", "0.05 USD/GB", Rules.SIGNED, UnitTables.dollarsPerData()),
    /** US dollars per byte-second. */
    MONEY_PER_DATA_TIME("a price of storage", "0.023 USD/GB-month", Rules.SIGNED, UnitTables.dollarsPerDataMonth()),
    /** US dollars per joule. */
    MONEY_PER_ENERGY("a price of energy", "0.12 USD/kWh", Rules.SIGNED, UnitTables.dollarsPerEnergy()),
    /** A real number without a unit. */
    NUMBER("a number", "1.5", Rules.REAL, List.of(UnitTables.none())),
    /** A whole number of anything. */
    COUNT("a whole number", "8", Rules.WHOLE, List.of(UnitTables.none())),
    /** Tokens. */
    TOKENS("a number of tokens", "2048 tokens", Rules.WHOLE, UnitTables.things("token", "tokens")),
    /** Sequences. */
    SEQUENCES("a number of sequences", "1 sequence", Rules.WHOLE, UnitTables.things("sequence", "sequences")),
    /** Training samples. */
    SAMPLES("a number of samples", "60000 samples", Rules.WHOLE, UnitTables.things("sample", "samples")),
    /** GPUs. */
    GPUS("a number of GPUs", "64 GPUs", Rules.WHOLE, UnitTables.things("GPU", "GPUs")),
    /** Nodes. */
    NODES("a number of nodes", "4 nodes", Rules.WHOLE, UnitTables.things("node", "nodes")),
    /** Training steps. */
    STEPS("a number of steps", "100 steps", Rules.WHOLE, UnitTables.things("step", "steps")),
    /** Passes over the data; may be broken. */
    EPOCHS("a number of epochs", "30 epochs", Rules.REAL, UnitTables.things("epoch", "epochs"));

    /** Which numbers a dimension takes. */
    enum Rules {
        /** A unit is required; not negative. */
        PHYSICAL(true, false, false),
        /** A unit is required; may be negative. */
        SIGNED(true, true, false),
        /** A percentage, or a bare number from -1 to 1; may be negative. */
        RATIO(false, true, false),
        /** The unit may be left out; may be negative. */
        REAL(false, true, false),
        /** The unit may be left out; whole and not negative. */
        WHOLE(false, false, true);

        final boolean unitRequired;
        final boolean negativeAllowed;
        final boolean wholeOnly;

        Rules(boolean unitRequired, boolean negativeAllowed, boolean wholeOnly) {
            this.unitRequired = unitRequired;
            this.negativeAllowed = negativeAllowed;
            this.wholeOnly = wholeOnly;
        }
    }

    private final String noun;
    private final String example;
    private final Rules rules;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<Unit> units;

    Dimension(String noun, String example, Rules rules, List<Unit> units) {
        this.noun = noun;
        this.example = example;
        this.rules = rules;
        this.units = List.copyOf(units);
    }

    /** For messages, with its article: {@code a data rate}. */
    public String noun() {
        return noun;
    }

    /** A well-formed quantity of this dimension, for messages and documentation. */
    public String example() {
        return example;
    }

    /** Every spelling of every unit, in the order of the unit's size within its family. */
    public List<String> spellings() {
        List<String> spellings = new ArrayList<>();
        for (Unit unit : units) {
            spellings.add(unit.symbol());
            if (!unit.plural().equals(unit.symbol())) {
                spellings.add(unit.plural());
            }
            spellings.addAll(unit.otherSpellings());
        }
        return List.copyOf(spellings);
    }

    /**
     * A regular expression (ECMA 262, as JSON Schema wants) that the usual spellings match. It is a help for editors:
     * {@link Units#parse} decides.
     */
    public String pattern() {
        String alternatives = spellings().stream()
                .filter(spelling -> !spelling.isEmpty())
                .map(spelling -> spelling.replaceAll("([/%^.])", "\\\\$1").replace("\\/", "( per |/)"))
                .collect(Collectors.joining("|"));
        String unit = alternatives.isEmpty() ? "" : " ?(" + alternatives + ")" + (rules.unitRequired ? "" : "?");
        String sign = rules.negativeAllowed ? "[-+]?" : "";
        return "^" + sign + "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?" + unit + "$";
    }

    Rules rules() {
        return rules;
    }

    List<Unit> units() {
        return units;
    }

    /** The unit with this exact spelling. */
    Optional<Unit> unit(String spelling) {
        return units.stream().filter(unit -> unit.isSpelled(spelling)).findFirst();
    }

    /** Whether a text is spelled with a unit of this dimension. */
    boolean hasUnit(String spelling) {
        return !spelling.isEmpty() && unit(spelling).isPresent();
    }
}
