package trainyard.scenario.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How often the verdict whether a run fits was right.
 *
 * @param ran runs that took place
 * @param ranFit of these, those that the model says fit
 * @param outOfMemory runs that ran out of memory
 * @param outOfMemoryRefused of these, those that the model says do not fit
 */
public record FitVerdicts(int ran, int ranFit, int outOfMemory, int outOfMemoryRefused) {

    private static final String QUANTITY = "fits in memory";

    /** A verdict as a row: 1 fits, 0 does not. It has no error in per cent, so that it does not blur those of figures. */
    public static RowScore score(String id, boolean fits, boolean ran, String gate) {
        return RowScore.verdict(
                id,
                QUANTITY,
                fits,
                ran,
                gate,
                fits == ran
                        ? ""
                        : ran ? "ran, though it is said not to fit" : "ran out of memory, though it is said to fit");
    }

    /** Counts the verdicts of all sources; empty where no row has one. */
    public static Optional<FitVerdicts> of(List<SourceScore> sources) {
        int[] counts = new int[4];
        for (SourceScore source : sources) {
            for (RowScore row : source.rows()) {
                if (row.quantity().equals(QUANTITY)) {
                    boolean ran = row.published().getAsDouble() == 1;
                    boolean right = row.published().equals(row.predicted());
                    counts[ran ? 0 : 2]++;
                    counts[ran ? 1 : 3] += right ? 1 : 0;
                }
            }
        }
        return counts[0] + counts[2] == 0
                ? Optional.empty()
                : Optional.of(new FitVerdicts(counts[0], counts[1], counts[2], counts[3]));
    }

    /** Mean of the shares that are right among those that ran and those that did not; empty where either is missing. */
    public OptionalDouble balancedAccuracyPercent() {
        return ran == 0 || outOfMemory == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(50.0 * ranFit / ran + 50.0 * outOfMemoryRefused / outOfMemory);
    }

    /** The counts in words. */
    public String sentence() {
        OptionalDouble accuracy = balancedAccuracyPercent();
        return String.format(
                Locale.ROOT,
                "Of %d runs that took place %d are said to fit; of %d that ran out of memory %d are said not to%s.",
                ran,
                ranFit,
                outOfMemory,
                outOfMemoryRefused,
                accuracy.isPresent()
                        ? String.format(Locale.ROOT, ": balanced accuracy %.1f %%", accuracy.getAsDouble())
                        : "");
    }
}
