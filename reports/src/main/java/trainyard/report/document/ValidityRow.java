package trainyard.report.document;

import java.util.Objects;
import java.util.OptionalDouble;
import trainyard.report.figure.Require;

/**
 * How far one part of the model was checked.
 *
 * @param part the part, for example "ring all-reduce"
 * @param status whether it was checked
 * @param comparedWith what it was checked against; empty where it was not
 * @param cases how many rows were scored, at least 0
 * @param meanErrorPercent mean absolute percentage error over those rows; empty where it was not checked
 * @param calibratedErrorPercent the same once a few rows have calibrated the model, over rows left out of that; empty where
 *     nothing was calibrated
 * @param note range of validity, or why it was not checked; empty for none
 */
public record ValidityRow(
        String part,
        Status status,
        String comparedWith,
        int cases,
        OptionalDouble meanErrorPercent,
        OptionalDouble calibratedErrorPercent,
        String note) {

    /** Whether a part of the model was checked. */
    public enum Status {
        /** Checked against published measurements or closed forms in the range of this run. */
        VERIFIED,
        /** Checked, but outside the range of this run or on few rows. */
        PARTLY,
        /** Not checked. */
        UNVERIFIED
    }

    public ValidityRow {
        Require.text(part, "part");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(comparedWith, "comparedWith");
        Objects.requireNonNull(note, "note");
        Require.that(cases >= 0, "cases of '" + part + "' must not be negative, but are " + cases);
        meanErrorPercent.ifPresent(error -> Require.finite(error, "error of '" + part + "'"));
        calibratedErrorPercent.ifPresent(error -> Require.finite(error, "calibrated error of '" + part + "'"));
        Require.that(
                status == Status.UNVERIFIED || !comparedWith.isBlank(),
                "'" + part + "' is called verified, so it must say against what");
    }
}
