package trainyard.report.png;

import java.util.List;
import org.knowm.xchart.XYChart;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.ScatterLayout;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Point;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.ScatterFigure.Diagonal;
import trainyard.report.figure.ScatterFigure.Mark;
import trainyard.report.figure.ScatterFigure.ParetoFront;
import trainyard.report.figure.ScatterFigure.ZeroBand;

/** Draws unjoined points over their guide line. */
final class PointChart {

    private PointChart() {}

    static XYChart of(ScatterFigure figure, PlotArea area, NameColours colours) {
        XyChart chart = new XyChart(area);
        chart.markerRadius(ScatterLayout.radius(figure));
        if (figure.guide() instanceof Diagonal diagonal) {
            ray(chart, area, 1, Dash.SOLID);
            ray(chart, area, 1 + diagonal.tolerance(), Dash.DASHED);
            ray(chart, area, 1 - diagonal.tolerance(), Dash.DASHED);
        } else if (figure.guide() instanceof ZeroBand band) {
            level(chart, area, 0, Dash.SOLID);
            level(chart, area, band.halfWidth(), Dash.DASHED);
            level(chart, area, -band.halfWidth(), Dash.DASHED);
        } else if (figure.guide() instanceof ParetoFront front) {
            List<Point> stairs = ScatterLayout.front(figure, front, area.x(), area.y());
            chart.guide(
                    stairs.stream().mapToDouble(Point::x).toArray(),
                    stairs.stream().mapToDouble(point -> point.y().value()).toArray(),
                    Dash.DASHED);
        }
        for (int i = 0; i < figure.series().size(); i++) {
            List<Mark> marks = figure.series().get(i).points();
            int place = colours.place(figure.series().get(i).name());
            chart.dots(xs(marks), ys(marks), Tone.line(place), Shape.of(place));
        }
        return chart.chart();
    }

    /** The line y = slope times x where it lies on both axes. */
    private static void ray(XyChart chart, PlotArea area, double slope, Dash dash) {
        double low = Math.max(area.x().low(), area.y().low() / slope);
        double high = Math.min(area.x().high(), area.y().high() / slope);
        if (low < high) {
            chart.guide(new double[] {low, high}, new double[] {slope * low, slope * high}, dash);
        }
    }

    private static void level(XyChart chart, PlotArea area, double value, Dash dash) {
        chart.guide(new double[] {area.x().low(), area.x().high()}, new double[] {value, value}, dash);
    }

    private static double[] xs(List<Mark> marks) {
        return marks.stream().mapToDouble(Mark::x).toArray();
    }

    private static double[] ys(List<Mark> marks) {
        return marks.stream().mapToDouble(Mark::y).toArray();
    }
}
