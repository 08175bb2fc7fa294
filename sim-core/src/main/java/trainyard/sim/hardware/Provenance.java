package trainyard.sim.hardware;

import java.util.Objects;

/**
 * Where a figure comes from.
 *
 * @param kind how far it can be trusted
 * @param source paper, data sheet, repository path or measurement
 * @param asOf date or version of the source, empty where the source has none
 */
public record Provenance(Kind kind, String source, String asOf) {

    /** How a figure was obtained, most trustworthy first. */
    public enum Kind {
        /** Measured by us, raw samples kept. */
        MEASURED,
        /** Read in the source named. */
        PUBLISHED,
        /** Known to people of the field, not read in a source. */
        RECALLED,
        /** Set by the user in a scenario. */
        USER,
        /** Chosen for want of a figure; marked in every report. */
        ASSUMED
    }

    public Provenance {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(asOf, "asOf");
    }
}
