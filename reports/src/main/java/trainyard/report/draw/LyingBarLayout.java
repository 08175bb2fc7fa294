package trainyard.report.draw;

import java.util.Optional;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarFigure.Arrangement;
import trainyard.report.figure.Estimate;
import trainyard.report.format.Numbers;

/** Lays out bars that lie, one row per category. */
final class LyingBarLayout {

    private static final double TITLE_HEIGHT = 22;

    private LyingBarLayout() {}

    static Drawing of(BarFigure figure, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        double top = BarLayout.legend(figure, colours).draw(sheet, 2) + 4;
        boolean grouped = figure.arrangement() == Arrangement.GROUPED;
        double row = grouped ? Math.max(30, 14 * figure.series().size() + 12) : 34;
        double left = Categories.roomAtLeft(figure.categories(), width);
        double base = top + row * figure.categories().size();
        Extent extent = BarLayout.extent(figure);
        Ticks ticks = Ticks.of(figure.valueAxis(), extent.low(), extent.high(), (int) ((width - left) / 80));
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, ticks.low(), ticks.high(), left, width - 48);
        Frame.verticalTicks(sheet, x, ticks, top, base);
        for (int category = 0; category < figure.categories().size(); category++) {
            double rowTop = top + category * row;
            Categories.left(sheet, figure.categories().get(category), left, rowTop + row / 2);
            category(sheet, figure, colours, x, category, rowTop, row);
        }
        sheet.line(x.clipped(0), top, x.clipped(0), base, Tone.AXIS, 1, Dash.SOLID);
        figure.limit().ifPresent(limit -> {
            double at = x.clipped(limit.value());
            sheet.line(at, top, at, base, Tone.ALARM, 1.6, Dash.DASHED);
        });
        double end = base + 18 + TITLE_HEIGHT;
        Frame.titleBelow(sheet, figure.valueAxis().title(), left, width, end);
        return sheet.finish(figure.text(), end + 8);
    }

    private static void category(
            Sheet sheet, BarFigure figure, NameColours colours, PixelScale x, int category, double top, double row) {
        boolean grouped = figure.arrangement() == Arrangement.GROUPED;
        int lanes = grouped ? figure.series().size() : 1;
        double bar = Math.min(24, (row - 10) / lanes);
        double y = top + (row - bar * lanes) / 2;
        double level = 0;
        for (int i = 0; i < figure.series().size(); i++) {
            Optional<Estimate> value = figure.series().get(i).values().get(category);
            if (value.isPresent()) {
                Estimate estimate = value.get();
                double from = grouped ? 0 : level;
                level = from + estimate.value();
                double low = x.clipped(Math.min(from, level));
                double high = x.clipped(Math.max(from, level));
                String tip = BarLayout.tip(figure, figure.series().get(i), category, estimate);
                BarLayout.fill(figure, i, category, colours)
                        .box(sheet, low, y, high - low, bar - (grouped ? 1 : 0), tip);
                if (grouped) {
                    errorBar(sheet, x, estimate, y + bar / 2);
                    double end = x.clipped(Math.max(0, estimate.high()));
                    valueLabel(sheet, figure, x, end, y + bar / 2, estimate.value());
                }
            }
            y += grouped ? bar : 0;
        }
        if (!grouped && BarLayout.hasBar(figure, category)) {
            valueLabel(sheet, figure, x, x.clipped(level), y + bar / 2, level);
        }
    }

    /** The value behind the end of its bar, and behind the line across the bars where that would go through it. */
    private static void valueLabel(
            Sheet sheet, BarFigure figure, PixelScale x, double end, double middle, double value) {
        String label = Numbers.compact(value, 3);
        double start = end + 5;
        double free = figure.limit()
                .map(limit -> x.clipped(limit.value()))
                .filter(line -> start - 2 < line && line < start + TextWidth.of(label, Type.SMALL))
                .map(line -> line + 5)
                .orElse(start);
        sheet.text(free, middle + 4, label, Type.SMALL, Anchor.START, Tone.TEXT);
    }

    private static void errorBar(Sheet sheet, PixelScale x, Estimate estimate, double y) {
        if (!estimate.isExact()) {
            double low = x.clipped(estimate.low());
            double high = x.clipped(estimate.high());
            sheet.line(low, y, high, y, Tone.TEXT, 1.3, Dash.SOLID);
            sheet.line(low, y - 3, low, y + 3, Tone.TEXT, 1.3, Dash.SOLID);
            sheet.line(high, y - 3, high, y + 3, Tone.TEXT, 1.3, Dash.SOLID);
        }
    }
}
