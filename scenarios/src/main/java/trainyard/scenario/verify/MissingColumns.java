package trainyard.scenario.verify;

import java.util.List;
import java.util.Map;
import trainyard.sim.csv.CsvTable;

/** Tells a table of which a column was lost from a table of another kind. */
public final class MissingColumns {

    /** A table that lacks more columns of a kind than this is not meant to be one. */
    private static final int MOST_MISSING = 3;

    /** Columns of a kind that a table must have to be meant; a few, such as {@code id}, every table has. */
    private static final int LEAST_SHARED = 6;

    private MissingColumns() {}

    /**
     * Checks every table that none of the suites knows.
     *
     * @throws VerificationDataException if one is a table of a suite but for a few columns, which the message names
     */
    public static void check(Measurements measurements, List<Suite> suites) {
        for (Map.Entry<String, CsvTable> table : measurements.bySource().entrySet()) {
            List<String> header = table.getValue().header();
            if (suites.stream().noneMatch(suite -> suite.accepts(header))) {
                suites.forEach(suite -> check(table.getValue(), suite));
            }
        }
    }

    private static void check(CsvTable table, Suite suite) {
        for (List<String> kind : suite.kinds()) {
            List<String> missing = kind.stream()
                    .filter(column -> !table.header().contains(column))
                    .toList();
            if (missing.size() <= MOST_MISSING && kind.size() - missing.size() >= LEAST_SHARED) {
                throw new VerificationDataException(table.file() + ":1: no column " + String.join(", ", missing)
                        + ", which tables of the suite " + suite.name() + " have");
            }
        }
    }
}
