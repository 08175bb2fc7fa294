package trainyard.report.figure;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Bars over categories, grouped or stacked, upright or lying.
 *
 * @param text the words around the figure
 * @param categoryTitle what the categories are, for example "Design"
 * @param categories distinct names, in drawing order
 * @param valueAxis linear axis of the values; it always includes zero
 * @param series one value per category each
 * @param arrangement side by side or on top of each other
 * @param orientation upright, or lying for long category names
 * @param limit a line across the bars, for example the memory of a GPU
 */
public record BarFigure(
        FigureText text,
        String categoryTitle,
        List<String> categories,
        Axis valueAxis,
        List<BarSeries> series,
        Arrangement arrangement,
        Orientation orientation,
        Optional<Limit> limit)
        implements Figure {

    /** Side by side or on top of each other. */
    public enum Arrangement {
        /** Side by side; intervals are drawn as error bars. */
        GROUPED,
        /** On top of each other; values must not be negative and intervals are not drawn. */
        STACKED
    }

    /** Which way the bars run. */
    public enum Orientation {
        /** Upright. */
        VERTICAL,
        /** Lying. */
        HORIZONTAL
    }

    /**
     * A line across the bars.
     *
     * @param label printed at the line
     * @param value position on the value axis
     */
    public record Limit(String label, double value) {

        public Limit {
            Require.text(label, "limit label");
            Require.finite(value, "limit '" + label + "'");
        }
    }

    public BarFigure {
        Objects.requireNonNull(text, "text");
        Require.text(categoryTitle, "category title");
        categories = Require.notEmpty(categories, "categories of '" + text.title() + "'");
        series = Require.notEmpty(series, "series of '" + text.title() + "'");
        Objects.requireNonNull(arrangement, "arrangement");
        Objects.requireNonNull(orientation, "orientation");
        Objects.requireNonNull(limit, "limit");
        Require.that(
                new HashSet<>(categories).size() == categories.size(),
                "categories of '" + text.title() + "' must be distinct: " + categories);
        Require.that(!valueAxis.scale().logarithmic(), "bars of '" + text.title() + "' need a linear axis");
        for (BarSeries bars : series) {
            checkSeries(bars, categories.size(), arrangement);
        }
    }

    /** Upright bars side by side. */
    public static BarFigure grouped(
            FigureText text, String categoryTitle, List<String> categories, Axis axis, List<BarSeries> series) {
        return new BarFigure(
                text,
                categoryTitle,
                categories,
                axis,
                series,
                Arrangement.GROUPED,
                Orientation.VERTICAL,
                Optional.empty());
    }

    /** Upright bars on top of each other. */
    public static BarFigure stacked(
            FigureText text, String categoryTitle, List<String> categories, Axis axis, List<BarSeries> series) {
        return new BarFigure(
                text,
                categoryTitle,
                categories,
                axis,
                series,
                Arrangement.STACKED,
                Orientation.VERTICAL,
                Optional.empty());
    }

    /** The same figure with lying bars. */
    public BarFigure horizontal() {
        return new BarFigure(
                text, categoryTitle, categories, valueAxis, series, arrangement, Orientation.HORIZONTAL, limit);
    }

    /** The same figure with a line across the bars. */
    public BarFigure withLimit(String label, double value) {
        return new BarFigure(
                text,
                categoryTitle,
                categories,
                valueAxis,
                series,
                arrangement,
                orientation,
                Optional.of(new Limit(label, value)));
    }

    private static void checkSeries(BarSeries bars, int categories, Arrangement arrangement) {
        Require.that(
                bars.values().size() == categories,
                "bar series '" + bars.name() + "' has " + bars.values().size() + " values for " + categories
                        + " categories");
        boolean negative = bars.values().stream().flatMap(Optional::stream).anyMatch(estimate -> estimate.value() < 0);
        Require.that(
                arrangement == Arrangement.GROUPED || !negative,
                "stacked bar series '" + bars.name() + "' must not be negative");
    }
}
