package trainyard.scenario.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Setting;
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
            return list.items();
        }
        Matcher around = AROUND.matcher(range instanceof Node.Scalar scalar ? scalar.text() : "");
        if (!around.matches()) {
            throw wrong(range.position(), "a range is two values, or a share around the value of the scenario");
        }
        double share = Double.parseDouble(around.group(1)) / 100;
        double base = number(scenario, DottedPath.of(path).keys()).orElseThrow(() -> noBase(path, position));
        ValueType<?> plain = type instanceof AutoType<?> auto ? auto.type() : type;
        if (share >= 1 || !Sweep.isNumeric(plain)) {
            throw wrong(range.position(), "a share lies between 0% and 100%, around a number");
        }
        return List.of(
                new Node.Scalar(Sweep.written(plain, base * (1 - share)), false, range.position()),
                new Node.Scalar(Sweep.written(plain, base * (1 + share)), false, range.position()));
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

    /** The number at a path, in base units; empty where there is none. */
    static OptionalDouble number(Values values, List<String> keys) {
        Object here = values;
        for (String key : keys) {
            here = plain(
                    here instanceof Values section
                            ? section.settings().get(key)
                            : here instanceof Map<?, ?> map ? map.get(key) : null);
        }
        return here instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    private static Object plain(Object value) {
        if (value instanceof Setting<?> setting) {
            return plain(setting.value());
        }
        return value instanceof Optional<?> auto ? auto.orElse(null) : value;
    }
}
