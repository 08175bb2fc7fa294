package trainyard.scenario.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.report.figure.Axis;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Study;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** An axis of a study: {@code variant}, or a swept path with its values. */
final class ChartAxis {

    static final String VARIANT = "variant";

    private static final Map<Dimension, String> BASE_UNITS = Map.of(
            Dimension.DURATION, "s",
            Dimension.DATA, "B",
            Dimension.DATA_RATE, "B/s",
            Dimension.COMPUTE_RATE, "FLOP/s");

    private static final Map<String, String> LABELS = Map.of(
            "job.parallel.tensor", "Tensor-parallel ranks",
            "job.parallel.pipeline", "Pipeline stages",
            "job.parallel.data", "Data-parallel replicas",
            "job.parallel.virtual-stages", "Chunks per stage",
            "job.batch.global", "Global batch, sequences",
            "job.batch.micro", "Micro-batch, sequences",
            "collective.size", "Message size");

    private final String path;
    private final Study study;

    ChartAxis(String path, Study study) {
        this.path = path;
        this.study = study;
    }

    String path() {
        return path;
    }

    /** The values in order, as written. */
    List<String> values() {
        return path.equals(VARIANT) ? study.variants() : study.axes().getOrDefault(path, List.of());
    }

    /** What the path means, in words; for paths without an entry their last key. */
    String label() {
        if (LABELS.containsKey(path)) {
            return LABELS.get(path);
        }
        String last = path.substring(path.lastIndexOf('.') + 1);
        return Words.capital(last.replace('-', ' '));
    }

    /** The value as a number in base units; empty for words. */
    OptionalDouble number(String text) {
        ValueType<?> type = path.equals(VARIANT) ? null : type();
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

    /** A place on the axis, for people. */
    String format(double value) {
        return type() instanceof QuantityType quantity
                ? Units.format(value, quantity.dimension())
                : String.format(Locale.ROOT, "%.3g", value);
    }

    boolean isNumeric() {
        return !values().isEmpty()
                && values().stream().allMatch(text -> number(text).isPresent());
    }

    /** The axis of a chart. */
    Axis axis(boolean log) {
        ValueType<?> type = type();
        String unit = type instanceof QuantityType quantity ? BASE_UNITS.getOrDefault(quantity.dimension(), "") : "";
        boolean doubling = unit.equals("B") || type instanceof IntegerType;
        if (!log) {
            return Axis.linear(label(), unit);
        }
        return doubling ? Axis.log2(label(), unit) : Axis.log10(label(), unit);
    }

    private ValueType<?> type() {
        Position nowhere = new SourceText(path, path).at(1, 1, 1);
        ValueType<?> type = DottedPath.of(path).typeIn(ScenarioFormat.SECTION, nowhere);
        return type instanceof AutoType<?> auto ? auto.type() : type;
    }
}
