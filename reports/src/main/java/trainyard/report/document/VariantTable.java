package trainyard.report.document;

import java.util.List;
import java.util.Objects;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Require;

/**
 * One metric of every variant beside the baseline.
 *
 * @param metric name of the metric
 * @param unit its unit; empty for a pure number
 * @param better which direction is better
 * @param variants at least one; exactly one is the baseline
 */
public record VariantTable(String metric, String unit, Better better, List<Variant> variants) {

    /** Which direction of a metric is better. */
    public enum Better {
        /** For example step time. */
        LOWER,
        /** For example throughput. */
        HIGHER,
        /** Neither. */
        NEITHER
    }

    /**
     * One design.
     *
     * @param name its name in the scenario
     * @param value the metric with its interval
     * @param ratio the metric relative to the baseline, from paired replications where there are some; 1 for the baseline
     * @param baseline whether the others are compared with it
     */
    public record Variant(String name, Estimate value, Estimate ratio, boolean baseline) {

        public Variant {
            Require.text(name, "variant name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(ratio, "ratio");
        }
    }

    public VariantTable {
        Require.text(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(better, "better");
        variants = Require.notEmpty(variants, "variants of '" + metric + "'");
        long baselines = variants.stream().filter(Variant::baseline).count();
        Require.that(baselines == 1, "'" + metric + "' needs exactly one baseline, but has " + baselines);
    }
}
