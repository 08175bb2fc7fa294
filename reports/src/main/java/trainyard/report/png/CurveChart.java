package trainyard.report.png;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.SeriesStyle;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.report.figure.Series.Spread;

/** Draws curves and steps with their bands and error bars. */
final class CurveChart {

    private static final float BAR_STROKE = 1.4f;
    private static final double BAND_OPACITY = 0.16;

    private CurveChart() {}

    static XYChart of(List<Series> series, PlotArea area, boolean steps, NameColours colours) {
        XyChart chart = new XyChart(area);
        List<SeriesStyle> styles = SeriesStyle.of(series, colours);
        for (int i = 0; i < series.size(); i++) {
            boolean exact =
                    series.get(i).points().stream().allMatch(point -> point.y().isExact());
            if (!exact && series.get(i).spread() == Spread.BAND) {
                band(chart, series.get(i).points(), styles.get(i).tone());
            } else if (!exact && series.get(i).spread() == Spread.ERROR_BARS) {
                errorBars(chart, series.get(i).points(), styles.get(i).tone());
            }
        }
        for (int i = 0; i < series.size(); i++) {
            curve(chart, series.get(i), styles.get(i), steps);
        }
        return chart.chart();
    }

    private static void curve(XyChart chart, Series series, SeriesStyle style, boolean steps) {
        if (series.stroke() == Series.Stroke.POINTS) {
            double[] xs = series.points().stream().mapToDouble(Point::x).toArray();
            double[] ys = series.points().stream()
                    .mapToDouble(point -> point.y().value())
                    .toArray();
            chart.dots(xs, ys, style.tone(), style.shape());
            return;
        }
        List<double[]> path = new ArrayList<>();
        for (Point point : series.points()) {
            if (steps && !path.isEmpty()) {
                path.add(new double[] {point.x(), path.get(path.size() - 1)[1]});
            }
            path.add(new double[] {point.x(), point.y().value()});
        }
        Marker marker = style.marked() ? XyChart.marker(style.shape()) : SeriesMarkers.NONE;
        chart.line(
                column(path, 0),
                column(path, 1),
                style.tone(),
                HouseStyle.stroke((float) style.stroke(), style.dash()),
                marker);
    }

    private static void band(XyChart chart, List<Point> points, Tone tone) {
        List<double[]> outline = new ArrayList<>();
        for (Point point : points) {
            outline.add(new double[] {point.x(), point.y().high()});
        }
        for (int i = points.size() - 1; i >= 0; i--) {
            outline.add(new double[] {points.get(i).x(), points.get(i).y().low()});
        }
        chart.polygon(column(outline, 0), column(outline, 1), MarkPainter.color(tone, BAND_OPACITY));
    }

    private static void errorBars(XyChart chart, List<Point> points, Tone tone) {
        for (Point point : points) {
            double[] xs = {point.x(), point.x()};
            double[] ys = {point.y().low(), point.y().high()};
            chart.line(xs, ys, tone, HouseStyle.stroke(BAR_STROKE, Dash.SOLID), SeriesMarkers.NONE);
        }
    }

    static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
