package trainyard.report.draw;

import java.util.List;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.ReferenceLine;

/**
 * The plot area of a chart with two continuous axes: key, axis titles, grid and tick labels.
 *
 * @param x maps values to pixels from the left
 * @param y maps values to pixels from the top
 * @param bottom where the sheet ends, below the axis title
 */
record Frame(PixelScale x, PixelScale y, double bottom) {

    private static final double TITLE_HEIGHT = 26;
    static final double TICK_HEIGHT = 20;
    private static final double NARROW = 480;
    private static final double GAP = 8;
    private static final double PIXELS_PER_TICK = 44;

    /** Draws the frame and returns the positions to draw data at. A tight x axis ends where the data end. */
    static Frame draw(Sheet sheet, Legend legend, Axis xAxis, Extent xData, Axis yAxis, Extent yData, boolean tight) {
        return draw(sheet, legend, xAxis, xData, yAxis, yData, tight, plotHeight(sheet.width()));
    }

    /** The same with room above the plot for the labels of vertical lines, so that they lie on no curve. */
    static Frame draw(
            Sheet sheet, Legend legend, Axis xAxis, Extent xData, Axis yAxis, Extent yData, List<ReferenceLine> lines) {
        double head = Overlay.headRoom(lines);
        return draw(sheet, legend, xAxis, xData, yAxis, yData, true, plotHeight(sheet.width()), head);
    }

    /** The same for a plot of the given height in pixels. */
    static Frame draw(
            Sheet sheet,
            Legend legend,
            Axis xAxis,
            Extent xData,
            Axis yAxis,
            Extent yData,
            boolean tight,
            double height) {
        return draw(sheet, legend, xAxis, xData, yAxis, yData, tight, height, 0);
    }

    private static Frame draw(
            Sheet sheet,
            Legend legend,
            Axis xAxis,
            Extent xData,
            Axis yAxis,
            Extent yData,
            boolean tight,
            double height,
            double head) {
        double top = legend.draw(sheet, 2) + TITLE_HEIGHT + head;
        Ticks yTicks = Ticks.of(yAxis, yData.low(), yData.high(), (int) (height / PIXELS_PER_TICK));
        double left = widest(yTicks) + GAP;
        double right = sheet.width() - 14;
        int columns = (int) ((right - left) / (sheet.width() < NARROW ? 70 : 90));
        Ticks xTicks = Ticks.of(xAxis, xData.low(), xData.high(), columns, tight);
        double base = top + height;
        PixelScale x = new PixelScale(xAxis.scale(), xTicks.low(), xTicks.high(), left, right);
        PixelScale y = new PixelScale(yAxis.scale(), yTicks.low(), yTicks.high(), base, top);
        sheet.fitted(0, top - head - 13, AxisText.title(yAxis), Type.NORMAL, Anchor.START, Tone.MUTED, sheet.width());
        horizontalGrid(sheet, y, yTicks, left, right);
        verticalTicks(sheet, x, xTicks, top, base);
        return new Frame(x, y, lyingTitle(sheet, AxisText.title(xAxis), left, right, base));
    }

    /** Title of a lying axis below its tick labels; returns where the sheet ends. */
    static double lyingTitle(Sheet sheet, String title, double left, double right, double base) {
        double end = base + TICK_HEIGHT + TITLE_HEIGHT - 8;
        titleBelow(sheet, title, left, right, end);
        return end + GAP;
    }

    /** A title on a base line in the middle between two edges; one that has no room there begins further left. */
    static void titleBelow(Sheet sheet, String title, double left, double right, double base) {
        double half = Math.min(right, TextWidth.of(title, Type.NORMAL)) / 2;
        double middle = Math.min((left + right) / 2, right - half);
        sheet.fitted(middle, base, title, Type.NORMAL, Anchor.MIDDLE, Tone.MUTED, right);
    }

    static double plotHeight(double width) {
        return width < NARROW ? 220 : 290;
    }

    static double widest(Ticks ticks) {
        return ticks.labels().stream()
                .mapToDouble(label -> TextWidth.of(label, Type.SMALL))
                .max()
                .orElse(0);
    }

    /** Grid lines and labels of an upright value axis. */
    static void horizontalGrid(Sheet sheet, PixelScale y, Ticks ticks, double left, double right) {
        for (int i = 0; i < ticks.values().size(); i++) {
            double at = y.at(ticks.values().get(i));
            sheet.line(left, at, right, at, Tone.GRID, 1, Dash.SOLID);
            sheet.text(left - GAP, at + 4, ticks.labels().get(i), Type.SMALL, Anchor.END, Tone.MUTED);
        }
    }

    /** Axis line, grid lines and labels of a lying axis; labels that would touch the one before are left out. */
    static void verticalTicks(Sheet sheet, PixelScale x, Ticks ticks, double top, double base) {
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ticks.values().size(); i++) {
            double at = x.at(ticks.values().get(i));
            String label = ticks.labels().get(i);
            double half = TextWidth.of(label, Type.SMALL) / 2;
            sheet.line(at, top, at, base + 4, Tone.GRID, 1, Dash.SOLID);
            if (at - half > free) {
                double inside = Math.min(at, sheet.width() - half);
                sheet.text(inside, base + TICK_HEIGHT - 2, label, Type.SMALL, Anchor.MIDDLE, Tone.MUTED);
                free = at + half + GAP;
            }
        }
        sheet.line(x.start(), base, x.end(), base, Tone.AXIS, 1, Dash.SOLID);
    }
}
