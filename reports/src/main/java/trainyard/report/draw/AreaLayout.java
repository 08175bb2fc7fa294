package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/** Lays out stacked areas. */
public final class AreaLayout {

    /** Opacity of a layer. */
    public static final double OPACITY = 0.85;

    private AreaLayout() {}

    static Drawing of(AreaFigure figure, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        double[][] tops = stackedTops(figure.series());
        Extent yData =
                Extent.ofY(List.of(), figure.referenceLines(), figure.yAxis()).with(0);
        for (double top : tops[tops.length - 1]) {
            yData = yData.with(top);
        }
        Axis yAxis = figure.yAxis().min().isPresent()
                ? figure.yAxis()
                : figure.yAxis().from(0);
        Frame frame = Frame.draw(
                sheet,
                legend(figure, colours),
                figure.xAxis(),
                Extent.ofX(figure.series(), figure.referenceLines()),
                yAxis,
                yData,
                true);
        sheet.beginData();
        for (int i = 0; i < figure.series().size(); i++) {
            Series series = figure.series().get(i);
            layer(sheet, frame, series.points(), tops[i], tops[i + 1], colours.fill(series.name()));
        }
        sheet.endData(frame.x(), frame.y());
        Overlay.draw(sheet, frame, figure.referenceLines(), List.of(), new FreeSpace());
        return sheet.finish(figure.text(), frame.bottom());
    }

    static Legend legend(AreaFigure figure, NameColours colours) {
        Legend legend = new Legend();
        for (int i = 0; i < figure.series().size(); i++) {
            legend.addFill(
                    figure.series().get(i).name(),
                    colours.fill(figure.series().get(i).name()));
        }
        return legend;
    }

    /** Row 0 is the base line; row i + 1 is the upper edge of layer i. */
    public static double[][] stackedTops(List<Series> layers) {
        int columns = layers.get(0).points().size();
        double[][] tops = new double[layers.size() + 1][columns];
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int column = 0; column < columns; column++) {
                tops[layer + 1][column] = tops[layer][column]
                        + layers.get(layer).points().get(column).y().value();
            }
        }
        return tops;
    }

    private static void layer(
            Sheet sheet, Frame frame, List<Point> points, double[] floor, double[] ceiling, Fill fill) {
        List<Spot> outline = new ArrayList<>();
        List<Spot> edge = new ArrayList<>();
        List<Spot> below = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            edge.add(new Spot(frame.x().clipped(points.get(i).x()), frame.y().clipped(ceiling[i])));
            below.add(new Spot(edge.get(i).x(), frame.y().clipped(floor[i])));
        }
        outline.addAll(edge);
        for (int i = points.size() - 1; i >= 0; i--) {
            outline.add(below.get(i));
        }
        sheet.area(outline, fill.tone(), OPACITY);
        fill.stripes(sheet, edge, below);
        sheet.line(edge, Tone.PAPER, 1, Dash.SOLID);
    }
}
