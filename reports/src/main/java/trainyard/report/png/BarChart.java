package trainyard.report.png;

import java.util.List;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import trainyard.report.draw.BarLayout;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarFigure.Arrangement;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;

/** Draws upright bars. */
final class BarChart {

    private BarChart() {}

    /** XChart needs a value for every bar, gives all bars of a series one colour and knows no stripes. */
    static boolean suits(BarFigure figure, NameColours colours) {
        return !BarLayout.isByCategory(figure, colours)
                && figure.series().stream()
                        .noneMatch(bars -> colours.fill(bars.name()).isStriped())
                && figure.series().stream()
                        .flatMap(bars -> bars.values().stream())
                        .allMatch(Optional::isPresent);
    }

    static CategoryChart of(BarFigure figure, PlotArea area, NameColours colours) {
        CategoryChart chart = new CategoryChart(HouseStyle.width(area), HouseStyle.height(area));
        HouseStyle.apply(chart.getStyler());
        double slot = area.x().at(1) - area.x().at(0);
        chart.getStyler().setStacked(figure.arrangement() == Arrangement.STACKED);
        chart.getStyler().setAvailableSpaceFill(BarLayout.shareOfSlot(figure, slot));
        chart.getStyler().setYAxisMin(area.y().low());
        chart.getStyler().setYAxisMax(area.y().high());
        for (int i = 0; i < figure.series().size(); i++) {
            BarSeries bars = figure.series().get(i);
            List<Double> values = bars.values().stream()
                    .map(Optional::orElseThrow)
                    .map(Estimate::value)
                    .toList();
            CategorySeries series = chart.addSeries(bars.name() + " " + i, figure.categories(), values);
            series.setFillColor(
                    MarkPainter.color(BarLayout.fill(figure, i, 0, colours).tone(), 1));
        }
        return chart;
    }
}
