package trainyard.report.document;

import java.util.Objects;
import trainyard.report.figure.Require;

/**
 * One expectation of the scenario and whether it held.
 *
 * @param expectation as written, for example "goodput.mean >= 0.90"
 * @param outcome what was found, for example "0.93 (0.91 to 0.95)"
 * @param verdict whether it held
 */
public record Check(String expectation, String outcome, Verdict verdict) {

    /** Whether an expectation held. */
    public enum Verdict {
        /** It held. */
        PASS,
        /** It did not hold. */
        FAIL,
        /** It could not be decided, for example because the run was interrupted. */
        UNDECIDED
    }

    public Check {
        Require.text(expectation, "expectation");
        Require.text(outcome, "outcome of '" + expectation + "'");
        Objects.requireNonNull(verdict, "verdict");
    }
}
