package trainyard.scenario.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Units;

/** Reads the values of one swept path: a list, or a range with a number of points. */
public final class Sweep {

    /** A range of values. */
    private static final Field<Node> FROM =
            Field.of("from", anything(), "First value.").asRequired();

    private static final Field<Node> TO =
            Field.of("to", anything(), "Last value.").asRequired();
    private static final Field<Long> POINTS = Field.of("points", IntegerType.between(2, 10_000), "How many values.")
            .asRequired();
    private static final Field<Scale> SCALE = Field.of(
                    "scale", ChoiceType.of("scale", Scale.class), "Distances between values.")
            .orElse("linear");

    /** Digits of a value between the ends of a range. */
    private static final int LEAST_DIGITS = 4;

    private static final Section RANGE = Section.of("sweep", "A range of values.", FROM, TO, POINTS, SCALE);

    private static final String PLUS = "+";

    /** How points lie between the ends. */
    enum Scale {
        /** Equal differences. */
        LINEAR,
        /** Equal ratios. */
        LOG
    }

    private Sweep() {}

    private static trainyard.scenario.format.AnyType anything() {
        return new trainyard.scenario.format.AnyType(
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(), "a value");
    }

    /** The values by the text that names them, in order; of a range equal ones count once, as its points are rounded. */
    static Map<String, Node> values(String path, Node node, Position position) {
        ValueType<?> type = DottedPath.of(path).typeIn(ScenarioFormat.SECTION, position);
        List<Node> nodes = node instanceof Node.Sequence list ? list.items() : range(path, type, node);
        if (nodes.isEmpty()) {
            throw fail(node.position(), "the list of " + path + " is empty", "write [first, second]");
        }
        Map<String, Node> byText = new LinkedHashMap<>();
        Set<String> values = new HashSet<>();
        for (Node value : nodes) {
            byText.putIfAbsent(text(value), value);
            if (!values.add(plain(text(value))) && node instanceof Node.Sequence) {
                throw fail(
                        value.position(),
                        text(value) + " stands twice in the sweep of " + path,
                        "write each value once");
            }
        }
        return byText;
    }

    /** A number as it is whatever way it is written: 2 for 2.0 and 2e0; any other text as it stands. */
    private static String plain(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toString();
        } catch (NumberFormatException noNumber) {
            return text;
        }
    }

    /** A value in labels, and where charts name a cell: a list as its items with plus signs between them, such as {@code 3+2+2}. */
    static String text(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        boolean plain = node instanceof Node.Sequence list
                && !list.items().isEmpty()
                && list.items().stream().allMatch(Sweep::isJoinable);
        return plain
                ? ((Node.Sequence) node).items().stream().map(Sweep::text).collect(Collectors.joining(PLUS))
                : trainyard.scenario.resolve.YamlWriter.json(node);
    }

    /** An item with a plus sign of its own could make two lists look alike. */
    private static boolean isJoinable(Node item) {
        return item instanceof Node.Scalar scalar && !scalar.text().contains(PLUS);
    }

    private static List<Node> range(String path, ValueType<?> type, Node node) {
        if (!(node instanceof Node.Mapping)) {
            throw fail(
                    node.position(),
                    path + " is swept over a list or a range",
                    "write [a, b] or {from: , to: , points: }");
        }
        Problems problems = new Problems();
        Values range = RANGE.read(node, problems).orElse(null);
        problems.throwIfAny();
        ValueType<?> plain = type instanceof AutoType<?> auto ? auto.type() : type;
        double from = number(path, plain, range.get(FROM), problems);
        double to = number(path, plain, range.get(TO), problems);
        problems.throwIfAny();
        boolean log = range.get(SCALE) == Scale.LOG;
        if (log && (from <= 0 || to <= 0)) {
            throw fail(range.position(FROM), "a log range needs ends above 0", "use scale: linear");
        }
        List<Node> nodes = new ArrayList<>();
        int points = Math.toIntExact(range.get(POINTS));
        for (int i = 0; i < points; i++) {
            double share = i / (points - 1.0);
            double value = log ? from * Math.pow(to / from, share) : from + (to - from) * share;
            double next = log ? value * Math.pow(to / from, 1 / (points - 1.0)) : value + (to - from) / (points - 1);
            String text = i == 0
                    ? stated(plain, from)
                    : i == points - 1 ? stated(plain, to) : between(plain, value, Math.abs(next / value - 1));
            nodes.add(new Node.Scalar(text, false, node.position()));
        }
        return nodes;
    }

    /**
     * A value between the ends of a range, which nobody has stated, in four digits, or in more where it would else be off by
     * more than a hundredth of the way to the next.
     *
     * @param step the way to the next value over the value itself
     */
    private static String between(ValueType<?> type, double value, double step) {
        String text = written(type, value);
        String[] parts = text.split(" ", 2);
        if (type instanceof IntegerType || value == 0) {
            return text;
        }
        BigDecimal exact = new BigDecimal(parts[0]);
        BigDecimal tolerated = exact.abs().multiply(BigDecimal.valueOf(step / 100));
        int digits = LEAST_DIGITS;
        while (exact.round(new MathContext(digits)).subtract(exact).abs().compareTo(tolerated) > 0) {
            digits++;
        }
        String rounded =
                exact.round(new MathContext(digits)).stripTrailingZeros().toPlainString();
        return parts.length == 1 ? rounded : rounded + " " + parts[1];
    }

    private static double number(String path, ValueType<?> type, Node end, Problems problems) {
        if (type instanceof ScalarType<?> scalar && isNumeric(type)) {
            return scalar.read(end, problems)
                    .map(Number.class::cast)
                    .map(Number::doubleValue)
                    .orElse(Double.NaN);
        }
        problems.add(
                end.position(),
                Problem.Kind.VALUE,
                path + " is not a number, so it has no range",
                "write a list of values");
        return Double.NaN;
    }

    /** Whether a type is a number with an order: a quantity, a whole number or another number. */
    public static boolean isNumeric(ValueType<?> type) {
        return type instanceof QuantityType || type instanceof IntegerType || type instanceof NumberType;
    }

    /** A number as a scenario writes it for a type; quantities of 1000 base units or more in whole ones. */
    public static String written(ValueType<?> type, double value) {
        return stated(type, type instanceof QuantityType && value >= 1000 ? Math.rint(value) : value);
    }

    /** The same, never rounded. */
    private static String stated(ValueType<?> type, double value) {
        if (type instanceof QuantityType quantity) {
            return Units.formatExact(value, quantity.dimension());
        }
        return type instanceof IntegerType ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    private static ScenarioException fail(Position position, String message, String hint) {
        return new ScenarioException(Problem.at(position, Problem.Kind.VALUE, message, hint));
    }
}
