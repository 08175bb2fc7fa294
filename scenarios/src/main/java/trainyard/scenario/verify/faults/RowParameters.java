package trainyard.scenario.verify.faults;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** The cell {@code params} of a row: {@code key=value} pairs between semicolons; anything else in it is a remark. */
final class RowParameters {

    static final String COLUMN = "params";

    private static final int MOST = 1_000_000_000;

    private final CsvRow row;
    private final Map<String, String> values;

    private RowParameters(CsvRow row, Map<String, String> values) {
        this.row = row;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * @throws trainyard.sim.csv.CsvException if a key is given twice
     */
    static RowParameters of(CsvRow row) {
        return new RowParameters(row, pairs(row, key -> {
            throw row.problem(COLUMN, "states " + key + " twice");
        }));
    }

    /** Of a row whose remarks may look like pairs: the first pair of a key counts. */
    static RowParameters amongRemarks(CsvRow row) {
        return new RowParameters(row, pairs(row, key -> {}));
    }

    private static Map<String, String> pairs(CsvRow row, Consumer<String> twice) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : row.text(COLUMN).split(";", -1)) {
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
    RowParameters scaled(Pattern keys, double factor) {
        Map<String, String> scaled = new LinkedHashMap<>(values);
        scaled.replaceAll((key, text) -> keys.matcher(key).matches() ? Double.toString(factor * number(key)) : text);
        return new RowParameters(row, scaled);
    }

    /** All pairs, in the order of the row. */
    Map<String, String> asMap() {
        return values;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * @throws RowSkipped if the row does not state it
     */
    String required(String key) {
        return text(key).orElseThrow(() -> RowSkipped.missing("parameter " + key));
    }

    /**
     * @throws RowSkipped if the row does not state it
     * @throws trainyard.sim.csv.CsvException if it is not a finite number
     */
    double number(String key) {
        String text = required(key);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw row.problem(COLUMN, key + ": expected a number, got \"" + text + "\"");
        }
        if (!Double.isFinite(value)) {
            throw row.problem(COLUMN, key + ": expected a finite number, got \"" + text + "\"");
        }
        return value;
    }

    /**
     * @throws RowSkipped if the row does not state it
     * @throws trainyard.sim.csv.CsvException if it is not a whole number
     */
    int whole(String key) {
        double value = number(key);
        if (value != Math.rint(value) || Math.abs(value) > MOST) {
            throw row.problem(COLUMN, key + ": expected a whole number, got \"" + required(key) + "\"");
        }
        return (int) value;
    }
}
