package trainyard.sim.units;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one text; one instance per text. Splits number from unit, finds the unit, checks the number. */
final class QuantityParser {
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");
    private static final Pattern SEPARATED = Pattern.compile("\\s*\\d{1,3}([_' ]\\d{3})+.*");

    private final String text;
    private final List<Dimension> dimensions;

    QuantityParser(String text, List<Dimension> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("dimensions must not be empty");
        }
        this.text = text;
        this.dimensions = List.copyOf(dimensions);
    }

    Quantity parse() {
        if (text.indexOf(',') >= 0) {
            refuseCommas();
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt() || SEPARATED.matcher(text).matches()) {
            throw noNumber();
        }
        String digits = number.group(1);
        int unitStart = number.end();
        while (unitStart < text.length() && Character.isWhitespace(text.charAt(unitStart))) {
            unitStart++;
        }
        String written = text.substring(unitStart).stripTrailing();
        String spelling = written.replaceAll("\\s*(/|\\bper\\b)\\s*", "/");
        for (Dimension dimension : dimensions) {
            Optional<Unit> unit = unitOf(dimension, spelling);
            if (unit.isPresent()) {
                return quantity(digits, unit.get(), dimension);
            }
        }
        throw new UnitAdvice(digits, written, spelling, dimensions).exception();
    }

    private static Optional<Unit> unitOf(Dimension dimension, String spelling) {
        if (spelling.isEmpty() && !dimension.rules().unitRequired) {
            return Optional.of(UnitTables.none());
        }
        return dimension.unit(spelling);
    }

    private Quantity quantity(String digits, Unit unit, Dimension dimension) {
        double value = unit.toBase(digits);
        Dimension.Rules rules = dimension.rules();
        if (!Double.isFinite(value)) {
            throw wrongNumber(digits, "is too large", "write a finite number, such as " + dimension.example());
        }
        if (value < 0 && !rules.negativeAllowed) {
            throw wrongNumber(digits, "is negative", dimension.noun() + " is 0 or more");
        }
        if (rules.wholeOnly && value != Math.rint(value)) {
            throw wrongNumber(digits, "is not whole", "write " + dimension.noun() + ", such as " + dimension.example());
        }
        if (rules == Dimension.Rules.RATIO && unit.symbol().isEmpty() && Math.abs(value) > 1) {
            throw wrongNumber(
                    digits,
                    "is ambiguous",
                    "write " + digits + "% or "
                            + new BigDecimal(digits).movePointLeft(2).toPlainString());
        }
        return new Quantity(value, dimension);
    }

    /** Before the digits in front of a comma are taken for the number. */
    private void refuseCommas() {
        String trimmed = text.strip();
        NumberCommas commas = NumberCommas.of(trimmed);
        Optional<String> hint = dimensions.stream().allMatch(dimension -> dimension.rules().wholeOnly)
                ? commas.wholeHint()
                : commas.hint();
        hint.ifPresent(fix -> {
            throw new UnitException("'" + trimmed + "' has a comma in the number", fix);
        });
    }

    private UnitException noNumber() {
        String trimmed = text.strip();
        Dimension dimension = dimensions.get(0);
        if (SEPARATED.matcher(text).matches()) {
            String joined = trimmed.replaceAll("(?<=\\d)[_' ](?=\\d{3})", "");
            return new UnitException("'" + trimmed + "' has separators between digits", "write " + joined);
        }
        String problem = trimmed.isEmpty() ? "the value is empty" : "'" + trimmed + "' does not start with a number";
        return new UnitException(problem, "write " + dimension.noun() + ", such as " + dimension.example());
    }

    private static UnitException wrongNumber(String digits, String what, String fix) {
        return new UnitException("'" + digits + "' " + what, fix);
    }
}
