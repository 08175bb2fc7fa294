package trainyard.scenario.study;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Reads the two ends of a range under {@code vary}: {@code [low, high]}, or {@code +-20%} of the value of the scenario. */
final class Ranges {

    private static final Pattern AROUND = Pattern.compile("(?:\\+-|\\+/-|±)\\s*(\\d+(?:\\.\\d+)?)\\s*%");
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)(\\s*[^0-9].*|)");

    private Ranges() {}

    /**
     * The ends, low first.
     *
     * @throws ScenarioException if it is neither, or there is no number to vary around
     */
    static List<Node> ends(Values scenario, String path, Node range, Position position) {
        ValueType<?> type = DottedPath.of(path).typeIn(ScenarioFormat.SECTION, position);
        if (range instanceof Node.Sequence list) {
            if (list.items().size() != 2) {
                throw wrong(
                        position,
                        "a range has two ends, this has " + list.items().size());
            }
            requireOrder(list);
            return list.items();
        }
        Matcher around = AROUND.matcher(range instanceof Node.Scalar scalar ? scalar.text() : "");
        if (!around.matches()) {
            throw wrong(range.position(), "a range is two values, or a share around the value of the scenario");
        }
        BigDecimal share = new BigDecimal(around.group(1)).movePointLeft(2);
        ValueType<?> plain = type instanceof AutoType<?> auto ? auto.type() : type;
        if (share.compareTo(BigDecimal.ONE) >= 0 || !Sweep.isNumeric(plain)) {
            throw wrong(range.position(), "a share lies between 0% and 100%, around a number");
        }
        String base = WrittenText.at(DottedPath.of(path), scenario).orElseThrow(() -> noBase(path, position));
        Matcher number = NUMBER.matcher(base);
        if (!number.matches()) {
            throw noBase(path, position);
        }
        // Of a number below 0 the larger share is the lower end.
        BigDecimal below = number.group(1).startsWith("-") ? share.negate() : share;
        return List.of(
                end(number, BigDecimal.ONE.subtract(below), plain, range.position()),
                end(number, BigDecimal.ONE.add(below), plain, range.position()));
    }

    /** Two numbers of one unit tell by themselves which is the lower one. */
    private static void requireOrder(Node.Sequence ends) {
        if (ends.items().get(0) instanceof Node.Scalar first && ends.items().get(1) instanceof Node.Scalar second) {
            Matcher low = NUMBER.matcher(first.text());
            Matcher high = NUMBER.matcher(second.text());
            boolean alike = low.matches()
                    && high.matches()
                    && low.group(2).strip().equals(high.group(2).strip());
            if (alike && size(low) > size(high)) {
                throw new ScenarioException(Problem.at(
                        ends.position(),
                        Problem.Kind.VALUE,
                        "the first end of a range is the low one, and " + first.text() + " is above " + second.text(),
                        "write [" + second.text() + ", " + first.text() + "]"));
            }
        }
    }

    /** NaN of digits with more than one point, which reading the value reports. */
    private static double size(Matcher number) {
        try {
            return Double.parseDouble(number.group(1));
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    /** The number of a text times a factor, with the unit kept. */
    private static Node end(Matcher number, BigDecimal factor, ValueType<?> type, Position position) {
        BigDecimal scaled = new BigDecimal(number.group(1)).multiply(factor);
        if (type instanceof IntegerType) {
            scaled = scaled.setScale(0, RoundingMode.HALF_UP);
        }
        String text = scaled.stripTrailingZeros().toPlainString() + number.group(2);
        return new Node.Scalar(text, false, position);
    }

    private static ScenarioException wrong(Position position, String message) {
        return new ScenarioException(Problem.at(position, Problem.Kind.VALUE, message, "write [low, high], or +-20%"));
    }

    private static ScenarioException noBase(String path, Position position) {
        return new ScenarioException(Problem.at(
                position,
                Problem.Kind.VALUE,
                path + " has no number in the scenario to vary around",
                "state it, or write [low, high]"));
    }
}
