package trainyard.sim.hardware;

import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Reads {@code aliases.csv}: one other name of a part a row, and where it is in use. */
final class AliasTable {

    private AliasTable() {}

    /** Adds the rows of one kind of part. */
    static <T> void read(CsvTable table, String kind, NamedParts<T> parts) {
        table.require("kind", "alias", "name", "where");
        for (CsvRow row : table.rows()) {
            if (row.requiredText("kind").equals(kind)) {
                add(row, parts);
            }
        }
    }

    private static <T> void add(CsvRow row, NamedParts<T> parts) {
        String name = row.requiredText("name");
        if (!parts.contains(name)) {
            throw row.problem("name", "no part is called \"" + name + "\"");
        }
        try {
            parts.alias(row.requiredText("alias"), name);
        } catch (IllegalArgumentException taken) {
            throw row.problem("alias", taken.getMessage());
        }
    }
}
