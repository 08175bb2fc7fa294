package trainyard.report.png;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.Tone;

/** An XChart XY chart without axes that fills a plot area. Logarithmic axes hold logarithms. */
final class XyChart {

    /** Pixels by which the chart is larger than its plot area on each side: XChart cuts markers at its edge. */
    static final int BLEED = 10;

    /** Width of a marker that looks as large as one of the other forms with radius 1. */
    private static final double MARKER_WIDTH = 1.8;

    private final XYChart chart;
    private final PlotArea area;
    private int count;

    XyChart(PlotArea area) {
        this.area = area;
        int width = HouseStyle.width(area);
        int height = HouseStyle.height(area);
        this.chart = new XYChart(width + 2 * BLEED, height + 2 * BLEED);
        HouseStyle.apply(chart.getStyler());
        double xLow = area.x().transformed(area.x().low());
        double xHigh = area.x().transformed(area.x().high());
        double yLow = area.y().transformed(area.y().low());
        double yHigh = area.y().transformed(area.y().high());
        double xBleed = (xHigh - xLow) * BLEED / width;
        double yBleed = (yHigh - yLow) * BLEED / height;
        chart.getStyler().setXAxisMin(xLow - xBleed);
        chart.getStyler().setXAxisMax(xHigh + xBleed);
        chart.getStyler().setYAxisMin(yLow - yBleed);
        chart.getStyler().setYAxisMax(yHigh + yBleed);
    }

    XYChart chart() {
        return chart;
    }

    /** Sets the size of markers; XChart counts their width. */
    void markerRadius(double radius) {
        chart.getStyler().setMarkerSize((int) Math.round(MARKER_WIDTH * radius));
    }

    void line(double[] xs, double[] ys, Tone tone, BasicStroke stroke, Marker marker) {
        if (xs.length > 0) {
            XYSeries series = add(xs, ys, XYSeriesRenderStyle.Line);
            series.setLineColor(MarkPainter.color(tone, 1));
            series.setLineStyle(stroke);
            series.setMarker(marker);
            series.setMarkerColor(MarkPainter.color(tone, 1));
        }
    }

    /** A thin grey line. */
    void guide(double[] xs, double[] ys, Dash dash) {
        line(xs, ys, Tone.AXIS, HouseStyle.stroke(1.3f, dash), SeriesMarkers.NONE);
    }

    /** A filled polygon. */
    void polygon(double[] xs, double[] ys, Color fill) {
        XYSeries series = add(xs, ys, XYSeriesRenderStyle.PolygonArea);
        series.setLineStyle(HouseStyle.stroke(0.5f, Dash.SOLID));
        series.setLineColor(fill);
        series.setFillColor(fill);
        series.setMarker(SeriesMarkers.NONE);
    }

    void dots(double[] xs, double[] ys, Tone tone, Shape shape) {
        if (xs.length > 0) {
            XYSeries series = add(xs, ys, XYSeriesRenderStyle.Scatter);
            series.setMarker(marker(shape));
            series.setMarkerColor(MarkPainter.color(tone, 1));
        }
    }

    static Marker marker(Shape shape) {
        return switch (shape) {
            case CIRCLE -> SeriesMarkers.CIRCLE;
            case SQUARE -> SeriesMarkers.SQUARE;
            case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
            case DIAMOND -> SeriesMarkers.DIAMOND;
        };
    }

    private XYSeries add(double[] xs, double[] ys, XYSeriesRenderStyle style) {
        XYSeries series = chart.addSeries("series " + count++, onAxis(area.x(), xs), onAxis(area.y(), ys));
        series.setXYSeriesRenderStyle(style);
        return series;
    }

    /** Values beyond the axis are drawn at its end, as in the other forms of the figure. */
    private static double[] onAxis(PixelScale axis, double[] values) {
        double[] positions = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            positions[i] = axis.transformed(Math.max(axis.low(), Math.min(axis.high(), values[i])));
        }
        return positions;
    }
}
