package trainyard.report.png;

import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.StepFigure;

/**
 * Draws the data of a figure with XChart, to fill a plot area. Frame, key, tick labels and remarks are ours: XChart
 * chooses ticks by its own rules, leaves out those at the ends of an axis and shows no ticks on short logarithmic axes.
 */
final class XCharts {

    private XCharts() {}

    /** A chart of the size of {@code area}, or nothing for kinds of figure that XChart does not know. */
    static Optional<Chart<?, ?>> of(Figure figure, PlotArea area, NameColours colours) {
        if (figure instanceof LineFigure line) {
            return Optional.of(CurveChart.of(line.series(), area, false, colours));
        } else if (figure instanceof StepFigure step) {
            return Optional.of(CurveChart.of(step.series(), area, true, colours));
        } else if (figure instanceof AreaFigure stack && StackChart.suits(stack, colours)) {
            return Optional.of(StackChart.of(stack, area, colours));
        } else if (figure instanceof ScatterFigure scatter) {
            return Optional.of(PointChart.of(scatter, area, colours));
        } else if (figure instanceof BarFigure bar && BarChart.suits(bar, colours)) {
            return Optional.of(BarChart.of(bar, area, colours));
        }
        return Optional.empty();
    }
}
