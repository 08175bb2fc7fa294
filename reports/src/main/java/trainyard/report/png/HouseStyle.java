package trainyard.report.png;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import java.util.TimeZone;
import org.knowm.xchart.style.AxesChartStyler;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.PlotArea;

/** Strips XChart to its data, so that it fills a plot area to the pixel: no frame, axes, key, padding or background. */
final class HouseStyle {

    private static final Color CLEAR = new Color(255, 255, 255, 0);
    private static final int MARKER_SIZE = 8;

    private HouseStyle() {}

    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(CLEAR);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesVisible(false);
        styler.setChartTitleVisible(false);
        styler.setLegendVisible(false);
        styler.setAxisTitlesVisible(false);
        styler.setAxisTicksVisible(false);
        styler.setChartPadding(0);
        styler.setPlotMargin(0);
        styler.setPlotContentSize(1);
        styler.setMarkerSize(MARKER_SIZE);
        styler.setLocale(Locale.ROOT);
        styler.setTimezone(TimeZone.getTimeZone("UTC"));
        styler.setAntiAlias(true);
    }

    /** Width of a chart that fills {@code area}, pixels. */
    static int width(PlotArea area) {
        return (int) Math.round(area.x().end() - area.x().start());
    }

    /** Height of a chart that fills {@code area}, pixels. */
    static int height(PlotArea area) {
        return (int) Math.round(area.y().start() - area.y().end());
    }

    static BasicStroke stroke(float width, Dash dash) {
        float[] pattern = switch (dash) {
            case SOLID -> null;
            case DASHED -> new float[] {7, 4};
            case DOTTED -> new float[] {2, 3};
            case DASH_DOT -> new float[] {9, 3, 2, 3};
        };
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }
}
