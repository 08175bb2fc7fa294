package trainyard.report.document;

import java.util.Objects;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Require;

/**
 * The answer in one sentence.
 *
 * @param sentence the answer in words, complete in itself, with number and unit
 * @param metric name of the quantity, for example "step time"
 * @param unit its unit; empty for a pure number
 * @param estimate value and interval
 * @param intervalMeaning what the interval is, for example "95 % confidence, 50 replications"; empty for an exact value
 */
public record Headline(String sentence, String metric, String unit, Estimate estimate, String intervalMeaning) {

    public Headline {
        Require.text(sentence, "headline sentence");
        Require.text(metric, "headline metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(estimate, "estimate");
        Objects.requireNonNull(intervalMeaning, "intervalMeaning");
        Require.that(
                estimate.isExact() || !intervalMeaning.isBlank(),
                "the interval of the headline needs its meaning, for example '95 % confidence, 50 replications'");
    }
}
