package trainyard.scenario.workload.metric;

import java.util.Objects;
import java.util.Optional;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * A number that a workload yields. Two are the same where they differ in the unit alone, since values are held in that of
 * the dimension.
 *
 * @param name how scenarios call it, such as {@code step-time}
 * @param dimension what it measures; values are held in its base unit
 * @param unit unit of tables and charts; empty for a pure number
 * @param unitSize how many base units that unit is
 * @param bounds what values it can have, at which the intervals of its estimates end
 * @param better which direction is better
 * @param doc what it is, in a sentence
 * @param needs input of the scenario that it is unknown without, such as {@code cost.price}; empty where it needs none
 * @param group name of the team or class that it is of, as the scenario writes it; empty of other metrics
 * @param statistic what is stated of another metric, such as its 95 % quantile; empty for the mean of this one
 */
public record Metric(
        String name,
        Dimension dimension,
        String unit,
        double unitSize,
        Bounds bounds,
        Better better,
        String doc,
        String needs,
        String group,
        Optional<Statistic> statistic) {

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
        Objects.requireNonNull(bounds, "bounds");
        if (!(unitSize > 0)) {
            throw new IllegalArgumentException("unitSize of " + name + " must be above 0, got " + unitSize);
        }
    }

    public Metric(
            String name, Dimension dimension, String unit, double unitSize, Bounds bounds, Better better, String doc) {
        this(name, dimension, unit, unitSize, bounds, better, doc, "", "", Optional.empty());
    }

    /** The same metric, which is unknown where a scenario does not state an input. */
    public Metric needing(String input) {
        return new Metric(name, dimension, unit, unitSize, bounds, better, doc, input, group, statistic);
    }

    /** The same metric of a team or class of a name, which it shows as it is written. */
    public Metric ofGroup(String written) {
        return new Metric(name, dimension, unit, unitSize, bounds, better, doc, needs, written, statistic);
    }

    /** A statistic of this metric under a name of its own. */
    Metric stated(String statisticName, Statistic stated) {
        return new Metric(
                statisticName, dimension, unit, unitSize, bounds, better, doc, needs, group, Optional.of(stated));
    }

    /**
     * The same metric for a table or a chart: a duration in the unit that suits its values, if its own does not.
     *
     * @param largest the largest value that is shown, in seconds; what is 0, infinite or no number says nothing of a unit
     */
    public Metric shownUpTo(double largest) {
        boolean chooses = dimension == Dimension.DURATION && largest > 0 && Double.isFinite(largest);
        return !chooses || new DurationUnit(unit, unitSize).suits(largest) ? this : in(DurationUnit.upTo(largest));
    }

    /** The same metric in the unit of another one that it shares an axis with. */
    public Metric like(Metric other) {
        return dimension == Dimension.DURATION && other.dimension == dimension
                ? in(new DurationUnit(other.unit, other.unitSize))
                : this;
    }

    /** The same metric in the unit in which {@link #format} writes a value of it. */
    public Metric asWritten(double value) {
        String written = format(value);
        String symbol = unitOf(written);
        return dimension == Dimension.FRACTION || symbol.equals(written)
                ? this
                : in(symbol, Units.value("1 " + symbol, dimension));
    }

    private Metric in(DurationUnit shown) {
        return in(shown.symbol(), shown.seconds());
    }

    private Metric in(String symbol, double size) {
        return new Metric(name, dimension, symbol, size, bounds, better, doc, needs, group, statistic);
    }

    /** The metric that a workload yields: the one that is summarised where this is a statistic. */
    public Metric yielded() {
        return statistic.map(Statistic::of).orElse(this);
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

    /** The value for people in the unit of a text that it is compared with, such as {@code 24.74 h} for {@code 36 h}. */
    public String formatLike(double value, String like) {
        return dimension == Dimension.FRACTION ? format(value) : Units.formatLike(value, like, dimension);
    }

    /** The value for people in the unit of another value that it stands beside, as the end of an interval does. */
    public String formatBeside(double value, String other) {
        String plain = format(value);
        return unitOf(plain).equals(unitOf(other)) ? plain : formatLike(value, other);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Metric other
                && name.equals(other.name)
                && dimension == other.dimension
                && bounds.equals(other.bounds)
                && better == other.better
                && doc.equals(other.doc)
                && needs.equals(other.needs)
                && statistic.equals(other.statistic);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, statistic);
    }

    private static String unitOf(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    /** Words for titles: {@code memory.peak} becomes {@code memory peak}, {@code mfu} becomes {@code MFU}. */
    public String words() {
        return Wording.of(name, group);
    }
}
