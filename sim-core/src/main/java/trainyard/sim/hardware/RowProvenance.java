package trainyard.sim.hardware;

import trainyard.sim.csv.CsvRow;

/** Reads the columns {@code source} and {@code verified} that every table of the catalogue has. */
final class RowProvenance {

    /** When the shipped tables were compiled. */
    private static final String TABLE_DATE = "2026-11";

    private RowProvenance() {}

    static Provenance of(CsvRow row) {
        return of(row, TABLE_DATE);
    }

    static Provenance of(CsvRow row, String asOf) {
        String verified = row.requiredText("verified");
        String source = row.requiredText("source");
        Provenance.Kind kind = kind(row, verified);
        boolean plain = verified.equals("text") || verified.equals("recalled");
        return new Provenance(kind, plain ? source : source + " [" + verified + "]", asOf);
    }

    private static Provenance.Kind kind(CsvRow row, String verified) {
        if (verified.startsWith("text")) {
            return Provenance.Kind.PUBLISHED;
        } else if (verified.startsWith("recalled")) {
            return Provenance.Kind.RECALLED;
        } else if (verified.startsWith("measured")) {
            return Provenance.Kind.MEASURED;
        } else if (verified.startsWith("user")) {
            return Provenance.Kind.USER;
        } else if (verified.startsWith("assumed")) {
            return Provenance.Kind.ASSUMED;
        }
        throw row.problem(
                "verified", "must start with text, measured, recalled, user or assumed, got \"" + verified + "\"");
    }
}
