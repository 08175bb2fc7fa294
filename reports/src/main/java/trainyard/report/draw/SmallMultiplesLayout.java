package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Point;
import trainyard.report.figure.SmallMultiplesFigure;
import trainyard.report.figure.SmallMultiplesFigure.Panel;

/** Lays out small multiples: panels of the same axes, one below the other. */
final class SmallMultiplesLayout {

    private static final double TALLEST_PANEL = 110;
    private static final double LOWEST_PANEL = 36;
    private static final double ROOM_FOR_PANELS = 440;
    /** The last value of one panel and the first of the next each have half a line of text. */
    private static final double GAP = 18;

    private static final double PIXELS_PER_TICK = 30;
    private static final double ROUNDING = 1e-9;

    private final SmallMultiplesFigure figure;
    private final Sheet sheet;

    private SmallMultiplesLayout(SmallMultiplesFigure figure, double width) {
        this.figure = figure;
        this.sheet = new Sheet(width);
    }

    static Drawing of(SmallMultiplesFigure figure, double width) {
        return new SmallMultiplesLayout(figure, width).draw();
    }

    private Drawing draw() {
        double top = legend().draw(sheet, 2) + 26;
        int count = figure.panels().size();
        double height = Math.max(LOWEST_PANEL, Math.min(TALLEST_PANEL, ROOM_FOR_PANELS / count - GAP));
        Extent time = Extent.NOTHING;
        Extent values = Extent.NOTHING.with(0);
        for (Panel panel : figure.panels()) {
            for (Point point : panel.points()) {
                time = time.with(point.x());
                values = values.with(point.y().value());
            }
            values = panel.limit().isPresent() ? values.with(panel.limit().getAsDouble()) : values;
        }
        Ticks yTicks = Ticks.of(figure.valueAxis(), values.low(), values.high(), (int) (height / PIXELS_PER_TICK));
        double names =
                Categories.roomAtLeft(figure.panels().stream().map(Panel::name).toList(), sheet.width() * 0.6);
        double left = names + Frame.widest(yTicks) + 8;
        double right = sheet.width() - 14;
        Ticks xTicks = Ticks.of(figure.timeAxis(), time.low(), time.high(), (int) ((right - left) / 90), true);
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, xTicks.low(), xTicks.high(), left, right);
        sheet.fitted(0, top - 12, figure.valueAxis().title(), Type.NORMAL, Anchor.START, Tone.MUTED, sheet.width());
        double base = top;
        for (int i = 0; i < count; i++) {
            base = top + i * (height + GAP) + height;
            PixelScale y = new PixelScale(Axis.Scale.LINEAR, yTicks.low(), yTicks.high(), base, base - height);
            Categories.left(sheet, figure.panels().get(i).name(), names, base - height / 2);
            Frame.horizontalGrid(sheet, y, yTicks, left, right);
            panel(figure.panels().get(i), x, y);
        }
        Frame.verticalTicks(sheet, x, xTicks, base, base);
        String title = figure.timeAxis().title();
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, right, base));
    }

    private Legend legend() {
        Legend legend = new Legend();
        legend.addFill(figure.within(), Tone.fill(0));
        if (figure.panels().stream().anyMatch(SmallMultiplesLayout::passesItsLimit)) {
            legend.addFill(figure.beyond(), Tone.fill(1));
        }
        if (figure.panels().stream().anyMatch(panel -> panel.limit().isPresent())) {
            legend.addLine("limit", Tone.ALARM, Dash.DASHED, Shape.CIRCLE, false);
        }
        return legend;
    }

    /** A mean of values at the limit may round to more. */
    private static boolean passesItsLimit(Panel panel) {
        double most = panel.limit().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING);
        return panel.points().stream().anyMatch(point -> point.y().value() > most);
    }

    private void panel(Panel panel, PixelScale x, PixelScale y) {
        double limit = panel.limit().orElse(Double.POSITIVE_INFINITY);
        area(panel, x, y, 0, limit, Tone.fill(0));
        if (passesItsLimit(panel)) {
            area(panel, x, y, limit, Double.POSITIVE_INFINITY, Tone.fill(1));
        }
        sheet.line(x.start(), y.clipped(0), x.end(), y.clipped(0), Tone.AXIS, 1, Dash.SOLID);
        if (panel.limit().isPresent()) {
            double at = y.clipped(limit);
            sheet.line(x.start(), at, x.end(), at, Tone.ALARM, 1.4, Dash.DASHED);
        }
    }

    /** What the steps of a panel have between two levels. */
    private void area(Panel panel, PixelScale x, PixelScale y, double floor, double ceiling, Tone tone) {
        List<Spot> outline = new ArrayList<>();
        double before = floor;
        for (Point point : panel.points()) {
            double level = Math.max(floor, Math.min(ceiling, point.y().value()));
            if (level != before) {
                double at = x.clipped(point.x());
                outline.add(new Spot(at, y.clipped(before)));
                outline.add(new Spot(at, y.clipped(level)));
                before = level;
            }
        }
        double end = x.clipped(panel.points().get(panel.points().size() - 1).x());
        outline.add(new Spot(end, y.clipped(before)));
        outline.add(new Spot(end, y.clipped(floor)));
        sheet.area(outline, tone, AreaLayout.OPACITY);
    }
}
