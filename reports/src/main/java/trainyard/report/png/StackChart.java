package trainyard.report.png;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import trainyard.report.draw.AreaLayout;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Point;

/** Draws stacked areas. XChart does not stack areas, so each layer is a polygon between two levels. */
final class StackChart {

    private StackChart() {}

    /** XChart knows no stripes. */
    static boolean suits(AreaFigure figure, NameColours colours) {
        return figure.series().stream()
                .noneMatch(layer -> colours.fill(layer.name()).isStriped());
    }

    static XYChart of(AreaFigure figure, PlotArea area, NameColours colours) {
        XyChart chart = new XyChart(area);
        double[][] tops = AreaLayout.stackedTops(figure.series());
        for (int layer = 0; layer < figure.series().size(); layer++) {
            List<Point> points = figure.series().get(layer).points();
            List<double[]> outline = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                outline.add(new double[] {points.get(i).x(), tops[layer + 1][i]});
            }
            for (int i = points.size() - 1; i >= 0; i--) {
                outline.add(new double[] {points.get(i).x(), tops[layer][i]});
            }
            chart.polygon(
                    CurveChart.column(outline, 0),
                    CurveChart.column(outline, 1),
                    MarkPainter.color(colours.of(figure.series().get(layer).name()), AreaLayout.OPACITY));
        }
        return chart.chart();
    }
}
