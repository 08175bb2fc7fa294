package trainyard.report.document;

import java.util.Objects;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Require;

/**
 * One metric of one cell and variant over its replications.
 *
 * @param cell which point of the sweep; empty where there is no sweep
 * @param variant which variant; empty where there are none
 * @param metric name of the metric
 * @param unit its unit; empty for a pure number
 * @param estimate mean and confidence interval
 * @param replications how many, at least 1
 */
public record Summary(String cell, String variant, String metric, String unit, Estimate estimate, int replications) {

    public Summary {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(variant, "variant");
        Require.text(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(estimate, "estimate");
        Require.that(replications >= 1, "replications must be at least 1, but are " + replications);
    }
}
