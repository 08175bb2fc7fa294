package trainyard.scenario.verify;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.DecimalNumber;

/**
 * The cell {@code params} of a row, or another one like it: {@code key=value} pairs between semicolons; anything else in it is a
 * remark.
 */
public final class RowParameters {

    public static final String COLUMN = "params";

    private static final int MOST = 1_000_000_000;

    private final CsvRow row;
    private final String column;
    private final Map<String, String> values;

    private RowParameters(CsvRow row, String column, Map<String, String> values) {
        this.row = row;
        this.column = column;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * @throws trainyard.sim.csv.CsvException if a key is given twice
     */
    public static RowParameters of(CsvRow row) {
        return new RowParameters(row, COLUMN, pairs(row.text(COLUMN), key -> {
            throw row.problem(COLUMN, "states " + key + " twice");
        }));
    }

    /** The same in another column. */
    public static RowParameters amongRemarks(CsvRow row, String column) {
        return new RowParameters(row, column, pairs(row.text(column), key -> {}));
    }

    private static Map<String, String> pairs(String cell, Consumer<String> twice) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : cell.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String key = pair.substring(0, equals).strip();
                if (values.putIfAbsent(key, pair.substring(equals + 1).strip()) != null) {
                    twice.accept(key);
                }
            }
        }
        return values;
    }

    /** The same with the numbers of some keys multiplied. */
    public RowParameters scaled(Pattern keys, double factor) {
        Map<String, String> scaled = new LinkedHashMap<>(values);
        scaled.replaceAll((key, text) -> keys.matcher(key).matches() ? Double.toString(factor * number(key)) : text);
        return new RowParameters(row, column, scaled);
    }

    /** All pairs, in the order of the row. */
    public Map<String, String> asMap() {
        return values;
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * @throws RowSkipped if the row does not state it
     */
    public String required(String key) {
        return text(key).orElseThrow(() -> RowSkipped.missing("parameter " + key));
    }

    /**
     * @throws RowSkipped if the row does not state it
     * @throws trainyard.sim.csv.CsvException if it is not a finite number
     */
    public double number(String key) {
        return number(key, required(key));
    }

    /** The same, or another number where the row does not state it. */
    public double numberOr(String key, double other) {
        return values.containsKey(key) ? number(key) : other;
    }

    /** The numbers of a list with bars between them; errors as for {@link #number}. */
    public List<Double> numbers(String key) {
        return Arrays.stream(required(key).split("\\|", -1))
                .map(part -> number(key, part.strip()))
                .toList();
    }

    private double number(String key, String text) {
        double value;
        try {
            value = DecimalNumber.parse(text);
        } catch (NumberFormatException e) {
            throw row.problem(column, key + ": expected a number, got \"" + text + "\"");
        }
        if (!Double.isFinite(value)) {
            throw row.problem(column, key + ": expected a finite number, got \"" + text + "\"");
        }
        return value;
    }

    /**
     * @throws RowSkipped if the row does not state it
     * @throws trainyard.sim.csv.CsvException if it is not a whole number
     */
    public int whole(String key) {
        double value = number(key);
        if (value != Math.rint(value) || Math.abs(value) > MOST) {
            throw row.problem(column, key + ": expected a whole number, got \"" + required(key) + "\"");
        }
        return (int) value;
    }
}
