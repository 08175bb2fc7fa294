package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Areas stacked on each other, for example GPUs in use per team over time. All series share the same x positions and
 * are not negative; the first lies at the bottom.
 *
 * @param text the words around the figure
 * @param xAxis horizontal axis
 * @param yAxis vertical axis, linear
 * @param series the layers, bottom first
 * @param referenceLines quotas and limits
 */
public record AreaFigure(
        FigureText text, Axis xAxis, Axis yAxis, List<Series> series, List<ReferenceLine> referenceLines)
        implements Figure {

    public AreaFigure {
        Objects.requireNonNull(text, "text");
        series = List.copyOf(series);
        referenceLines = List.copyOf(referenceLines);
        Series.checkAll(text.title(), series, xAxis, yAxis);
        Require.that(!yAxis.scale().logarithmic(), "stacked areas of '" + text.title() + "' need a linear y axis");
        checkLayers(text.title(), series);
        for (ReferenceLine line : referenceLines) {
            line.check(xAxis, yAxis);
        }
    }

    private static void checkLayers(String title, List<Series> series) {
        List<Double> positions = positions(series.get(0));
        for (Series layer : series) {
            Require.that(
                    positions(layer).equals(positions),
                    "layers of '" + title + "' must share their x positions; '" + layer.name() + "' differs from '"
                            + series.get(0).name() + "'");
            for (Point point : layer.points()) {
                Require.that(
                        point.y().value() >= 0,
                        "layer '" + layer.name() + "' must not be negative, but is "
                                + point.y().value() + " at x = " + point.x());
            }
        }
    }

    private static List<Double> positions(Series layer) {
        return layer.points().stream().map(Point::x).toList();
    }
}
