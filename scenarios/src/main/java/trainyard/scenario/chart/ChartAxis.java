package trainyard.scenario.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import trainyard.report.figure.Axis;
import trainyard.report.format.Numbers;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.Sweep;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** An axis of a study: {@code variant}, or a swept path with its values. */
public final class ChartAxis {

    private static final Map<Dimension, String> BASE_UNITS = Map.of(
            Dimension.DURATION, "s",
            Dimension.DATA, "B",
            Dimension.DATA_RATE, "B/s",
            Dimension.COMPUTE_RATE, "FLOP/s");

    private static final Set<Dimension> PREFIXED = Set.of(Dimension.DATA, Dimension.DATA_RATE, Dimension.COMPUTE_RATE);

    private static final String BITS = "b/s";

    private static final double BITS_OF_A_BYTE = 8;

    private static final List<String> PREFIXES = List.of("", "k", "M", "G", "T", "P");

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("job.parallel.tensor", "Tensor-parallel ranks"),
            Map.entry("job.parallel.pipeline", "Pipeline stages"),
            Map.entry("job.parallel.data", "Data-parallel replicas"),
            Map.entry("job.parallel.virtual-stages", "Chunks per stage"),
            Map.entry("job.batch.global", "Global batch"),
            Map.entry("job.batch.micro", "Micro-batch"),
            Map.entry("collective.size", "Message size"),
            Map.entry("life.checkpoint.interval", "Checkpoint interval"),
            Map.entry("life.checkpoint.interval-steps", "Steps between checkpoints"),
            Map.entry("tco.owned.gpus", "GPUs owned"),
            Map.entry("tco.demand.mean", "GPUs needed"),
            Map.entry("life.spares", "Spare nodes"),
            Map.entry("life.faults.scale", "Failure rate over that stated"),
            Map.entry("life.step-time", "Step time"),
            Map.entry("life.checkpoint.delta", "Share that changes between snapshots"),
            Map.entry("life.checkpoint.full-every", "Snapshots from one full one to the next"),
            Map.entry("life.checkpoint.noticed-after", "Time until an error is noticed"),
            Map.entry("life.recovery.detect-slow", "Time until a slow part is found"),
            Map.entry("life.recovery.lost-replicas", "Replicas that are lost"),
            Map.entry("life.recovery.restart.in-place.tries", "Tries on the same nodes"),
            Map.entry("life.faults.lemons.factor", "How much more often a lemon fails"),
            Map.entry("life.comm.timeout", "Timeout of collectives"),
            Map.entry("input.storage.bandwidth", "Bandwidth of the storage"),
            Map.entry("input.cache.size", "Size of the cache"),
            Map.entry("input.cores-per-gpu", "Cores per GPU"),
            Map.entry("input.prefetch", "Batches loaded ahead"),
            Map.entry("cluster.node.preset", "Node"),
            Map.entry("job.model.preset", "Model"),
            Map.entry("detector.loss", "Heartbeats that are lost"),
            Map.entry("detector.heartbeat.misses", "Heartbeats missed before the alarm"),
            Map.entry("jobs.locality.rack", "Speed across nodes"),
            Map.entry(Cell.VARIANT, "Design"));

    /** By the last key, wherever it stands. */
    private static final Map<String, String> ANYWHERE = Map.of(
            "cv", "Standard deviation over mean",
            "every", "Time from one to the next",
            "mtbf", "Time between faults",
            "write", "Time to write a checkpoint");

    private final String path;
    private final Study study;
    private final Unit unit;

    public ChartAxis(String path, Study study) {
        this.path = path;
        this.study = study;
        this.unit = unitOfMiddle();
    }

    String path() {
        return path;
    }

    /** The values in order, as written; the name of the scenario as the only design where it has no variants. */
    List<String> values() {
        if (!path.equals(Cell.VARIANT)) {
            return study.axes().getOrDefault(path, List.of());
        }
        List<String> variants = study.variants();
        return variants.isEmpty() ? List.of(study.scenario().name()) : variants;
    }

    /** Where a cell lies, one of {@link #values}; empty where it lies nowhere on this axis. */
    String of(Cell cell) {
        boolean onlyDesign = path.equals(Cell.VARIANT) && cell.variant().isEmpty();
        return onlyDesign ? study.scenario().name() : cell.coordinate(path);
    }

    /** What the path means, in words; for paths without an entry their last key. */
    public String label() {
        if (LABELS.containsKey(path)) {
            return LABELS.get(path);
        }
        String last = path.substring(path.lastIndexOf('.') + 1);
        return ANYWHERE.getOrDefault(last, Wording.capital(Wording.of(last)));
    }

    /** The last key of the path in words, such as {@code tensor}, as labels of cells have it. */
    String shortName() {
        return Wording.of(path.substring(path.lastIndexOf('.') + 1));
    }

    /** Whether its values are whole numbers, such as ranks, between which there is nothing. */
    boolean isWhole() {
        return type() instanceof IntegerType;
    }

    /** What a curve or a bar of a value is called: a bare number, or yes or no, says of what it is. */
    String legend(String value) {
        return isBare(value) ? Wording.capital(named(value)) : value;
    }

    /** The same within a sentence. */
    String mention(String value) {
        return isBare(value) ? named(value) : value;
    }

    private boolean isBare(String value) {
        return !path.equals(Cell.VARIANT) && value.matches("[-+0-9.][0-9.e+-]*|true|false");
    }

    /** A value under the name of the axis, such as {@code checkpoint interval 10 min}; a word that both have stands once. */
    String named(String value) {
        String label = Wording.lower(label());
        String last = label.substring(label.lastIndexOf(' ') + 1);
        String shown = value.endsWith(" " + last) ? value.substring(0, value.length() - last.length() - 1) : value;
        return label + " " + shown;
    }

    /** The same where several paths stand side by side: the last two keys, such as {@code node: repair}. */
    static String shortName(String path) {
        List<String> keys = List.of(path.split("\\."));
        int last = keys.size() - 1;
        String name = Wording.of(keys.get(last));
        return Wording.capital(last == 0 ? name : Wording.of(keys.get(last - 1)) + ": " + name);
    }

    /** Whether its values should be numbers: one that is none, or is out of range, is a mistake of the sweep. */
    boolean measuresNumbers() {
        Position nowhere = new SourceText(path, path).at(1, 1, 1);
        return !path.equals(Cell.VARIANT)
                && Sweep.isNumeric(DottedPath.of(path).typeIn(ScenarioFormat.SECTION, nowhere));
    }

    /** The value as a number in base units; empty for words. */
    public OptionalDouble number(String text) {
        ValueType<?> type = path.equals(Cell.VARIANT) ? null : type();
        if (!(type instanceof QuantityType || type instanceof IntegerType || type instanceof NumberType)) {
            return OptionalDouble.empty();
        }
        Position nowhere = new SourceText(path, text).at(1, 1, 1);
        return ((ScalarType<?>) type)
                .read(new Node.Scalar(text, false, nowhere), new Problems())
                .map(Number.class::cast)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    /** The value as a place on {@link #axis}, in its unit; empty for words. */
    OptionalDouble place(String text) {
        OptionalDouble value = number(text);
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() / unit.size()) : value;
    }

    /** A value in base units as a place on {@link #axis}. */
    public double place(double value) {
        return value / unit.size();
    }

    /** A unit of the axis, and how many base units it is. */
    private record Unit(String name, double size) {}

    /** Durations in the unit that suits the middle of the axis; counts in what is counted, unless the label says so. */
    private Unit unitOfMiddle() {
        if (!path.equals(Cell.VARIANT) && type() instanceof IntegerType count) {
            String noun = count.noun();
            boolean said = label().toLowerCase(Locale.ROOT).contains(noun.toLowerCase(Locale.ROOT));
            return new Unit(said ? "" : noun, 1);
        }
        if (path.equals(Cell.VARIANT) || !(type() instanceof QuantityType quantity)) {
            return new Unit("", 1);
        }
        double[] numbers = values().stream()
                .flatMapToDouble(text -> number(text).stream())
                .filter(number -> number > 0)
                .sorted()
                .toArray();
        if (quantity.dimension() == Dimension.DURATION && numbers.length > 0) {
            TimeAxis time = TimeAxis.upTo(Math.sqrt(numbers[0] * numbers[numbers.length - 1]));
            return new Unit(time.unit(), time.seconds());
        }
        String base = BASE_UNITS.getOrDefault(quantity.dimension(), "");
        boolean scaled = PREFIXED.contains(quantity.dimension())
                && numbers.length > 0
                && values().stream().noneMatch(text -> text.contains("iB"));
        if (!scaled) {
            return new Unit(base, 1);
        }
        double middle = Math.sqrt(numbers[0] * numbers[numbers.length - 1]);
        return isInBits() ? inBits(middle) : prefixed(base, middle);
    }

    /** Whether all its values are rates in bits, as those of ports are written: they stay bits. */
    private boolean isInBits() {
        return !values().isEmpty() && values().stream().allMatch(text -> text.endsWith(BITS));
    }

    /** A unit of bits that suits a value in bytes per second. */
    private static Unit inBits(double bytes) {
        Unit bits = prefixed(BITS, bytes * BITS_OF_A_BYTE);
        return new Unit(bits.name(), bits.size() / BITS_OF_A_BYTE);
    }

    /** The unit with the prefix that suits a value; sizes written in powers of two keep bytes. */
    private static Unit prefixed(String base, double middle) {
        int thousands = Math.max(0, Math.min(PREFIXES.size() - 1, (int) Math.floor(Math.log10(middle) / 3)));
        return new Unit(PREFIXES.get(thousands) + base, Math.pow(1000, thousands));
    }

    /** A place on the axis, for people. */
    String format(double place) {
        if (!(type() instanceof QuantityType quantity)) {
            return Numbers.of(place, 3);
        }
        double value = place * unit.size();
        return isInBits()
                ? Units.formatLike(value, "1 " + inBits(value).name(), quantity.dimension())
                : Units.format(value, quantity.dimension());
    }

    boolean isNumeric() {
        return !values().isEmpty()
                && values().stream().allMatch(text -> number(text).isPresent());
    }

    /** The axis of a chart. */
    public Axis axis(boolean log) {
        ValueType<?> type = type();
        boolean doubling = unit.name().equals("B") || type instanceof IntegerType;
        if (!log) {
            Axis linear = Axis.linear(label(), unit.name());
            return type instanceof IntegerType ? linear.ofWholeNumbers() : linear;
        }
        return doubling ? Axis.log2(label(), unit.name()) : Axis.log10(label(), unit.name());
    }

    /**
     * A metric that can be drawn on this axis, since it measures the same.
     *
     * @throws ScenarioException if there is none of the name, or it measures something else
     */
    Metric metricOn(String name, ChartRequest request, Field<?> field) {
        Position position = request.values().position(field);
        Metric metric = MetricPath.find(name, study.metrics(), position);
        boolean fits = type() instanceof QuantityType quantity
                ? quantity.dimension() == metric.dimension()
                : metric.dimension() == Dimension.NUMBER;
        if (!fits) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.VALUE,
                    name + " does not measure what " + path + " does",
                    "name a metric in the unit of " + path));
        }
        return metric;
    }

    private ValueType<?> type() {
        Position nowhere = new SourceText(path, path).at(1, 1, 1);
        ValueType<?> type = DottedPath.of(path).typeIn(ScenarioFormat.SECTION, nowhere);
        if (type instanceof NoneType<?> none) {
            return none.type();
        }
        return type instanceof AutoType<?> auto ? auto.type() : type;
    }
}
