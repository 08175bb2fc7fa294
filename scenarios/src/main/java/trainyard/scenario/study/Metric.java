package trainyard.scenario.study;

import java.util.Objects;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * A number that a workload yields.
 *
 * @param name how scenarios call it, such as {@code step-time}
 * @param dimension what it measures; values are held in its base unit
 * @param unit unit of tables and charts; empty for a pure number
 * @param unitSize how many base units that unit is
 * @param better which direction is better
 * @param doc what it is, in a sentence
 */
public record Metric(String name, Dimension dimension, String unit, double unitSize, Better better, String doc) {

    /** Which direction of a metric is better. */
    public enum Better {
        LOWER,
        HIGHER,
        NEITHER
    }

    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(unit, "unit");
        if (!(unitSize > 0)) {
            throw new IllegalArgumentException("unitSize of " + name + " must be above 0, got " + unitSize);
        }
    }

    /** The value in the unit of tables and charts. */
    public double inUnit(double value) {
        return value / unitSize;
    }

    /** The value for people, such as {@code 13.75 s}. */
    public String format(double value) {
        return dimension == Dimension.FRACTION
                ? String.format(java.util.Locale.ROOT, "%.1f %%", 100 * value)
                : Units.format(value, dimension);
    }

    /** Words for titles: {@code memory.peak} becomes {@code memory peak}, {@code mfu} becomes {@code MFU}. */
    public String words() {
        return name.replace('-', ' ')
                .replace('.', ' ')
                .replace("mfu", "MFU")
                .replace("hfu", "HFU")
                .replace("ettr", "ETTR")
                .replace("mtbf", "MTBF")
                .replace("flops per gpu", "FLOP/s per GPU")
                .replace("gpu seconds", "GPU-seconds");
    }
}
