package trainyard.report.document;

import java.util.Objects;
import trainyard.report.figure.Require;

/**
 * One number of the tidy result table.
 *
 * @param cell which point of the sweep, for example "tensor=8,micro=2"; empty where there is no sweep
 * @param variant which variant; empty where there are none
 * @param replication from 0
 * @param metric name of the metric
 * @param unit its unit; empty for a pure number
 * @param value NaN or infinite where the replication gave no number, for example a diverged loss
 */
public record Measurement(String cell, String variant, int replication, String metric, String unit, double value) {

    public Measurement {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(variant, "variant");
        Require.that(replication >= 0, "replication must not be negative, but is " + replication);
        Require.text(metric, "metric");
        Objects.requireNonNull(unit, "unit");
    }
}
