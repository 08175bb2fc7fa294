package trainyard.report.draw;

import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelRuns;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.GanttFigure.Interval;
import trainyard.report.figure.GanttFigure.Row;
import trainyard.report.format.Numbers;

/** Lays out Gantt charts: a row per resource, a box per interval. */
final class GanttLayout {

    private static final double TALLEST_ROW = 30;
    private static final double LOWEST_ROW = 8;
    private static final double ROOM_FOR_ROWS = 480;
    private static final double NARROWEST_BOX_WITH_GAP = 4;
    private static final double ROOM_FOR_NAME = 13;

    private GanttLayout() {}

    static Drawing of(GanttFigure figure, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        Legend legend = new Legend();
        for (int i = 0; i < figure.states().size(); i++) {
            legend.addFill(figure.states().get(i), colours.fill(figure.states().get(i)));
        }
        double top = legend.draw(sheet, 2) + 20;
        int count = figure.rows().size();
        double row = Math.max(LOWEST_ROW, Math.min(TALLEST_ROW, ROOM_FOR_ROWS / count));
        double base = top + row * count;
        List<String> names = figure.rows().stream().map(Row::name).toList();
        double left = Categories.roomAtLeft(names, width);
        Extent extent = extent(figure);
        Ticks ticks = Ticks.of(axis(figure, extent), extent.low(), extent.high(), (int) ((width - left) / 80));
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, ticks.low(), ticks.high(), left, width - 8);
        sheet.fitted(0, top - 8, figure.rowTitle(), Type.NORMAL, Anchor.START, Tone.MUTED, width);
        Frame.verticalTicks(sheet, x, ticks, top, base);
        int stride = (int) Math.ceil(ROOM_FOR_NAME / row);
        for (int i = 0; i < count; i++) {
            if (i % stride == 0) {
                Categories.left(sheet, names.get(i), x.start(), top + (i + 0.5) * row);
            }
            row(sheet, figure, colours, figure.rows().get(i), x, top + i * row, row);
        }
        String title = figure.timeAxis().title();
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, width, base));
    }

    /** The axis ends with the last interval, so that no empty stretch looks like idle time. */
    private static Axis axis(GanttFigure figure, Extent extent) {
        Axis axis = figure.timeAxis();
        Axis started = axis.min().isPresent() ? axis : axis.from(extent.low());
        boolean bounded =
                started.max().isPresent() || extent.high() <= started.min().getAsDouble();
        return bounded ? started : started.upTo(extent.high());
    }

    private static Extent extent(GanttFigure figure) {
        Extent extent = Extent.NOTHING;
        for (Row row : figure.rows()) {
            for (Interval interval : row.intervals()) {
                extent = extent.with(interval.start()).with(interval.end());
            }
        }
        return extent;
    }

    private static void row(
            Sheet sheet, GanttFigure figure, NameColours colours, Row row, PixelScale x, double top, double height) {
        double gap = height < ROOM_FOR_NAME ? 0.5 : 1.5;
        PixelRuns slim = new PixelRuns();
        for (Interval interval : row.intervals()) {
            if (interval.end() < x.low() || interval.start() > x.high()) {
                continue;
            }
            double from = x.clipped(interval.start());
            double width = x.clipped(interval.end()) - from;
            if (width < 1) {
                slim.add(from, width, interval.state(), interval.band());
                continue;
            }
            double shown = width > NARROWEST_BOX_WITH_GAP ? width - 1 : width;
            Fill fill = colours.fill(interval.state());
            double y = y(top, height, gap, interval.band().low());
            double tall = y(top, height, gap, interval.band().high()) - y;
            fill.box(sheet, from, y, shown, tall, tip(figure, row, interval));
            if (TextWidth.of(interval.label(), Type.SMALL) <= width - 2 && tall > 9) {
                double base = y + tall / 2 + 4;
                sheet.text(
                        from + shown / 2,
                        base,
                        interval.label(),
                        Type.SMALL,
                        Anchor.MIDDLE,
                        fill.tone().onTop());
            }
        }
        for (PixelRuns.Run run : slim.runs()) {
            double y = y(top, height, gap, run.band().low());
            double tall = y(top, height, gap, run.band().high()) - y;
            Tone tone = colours.of(run.state());
            sheet.box(run.from(), y, run.to() - run.from(), tall, tone, tip(row, run));
        }
    }

    private static double y(double top, double height, double gap, double share) {
        return top + gap + (height - 2 * gap) * share;
    }

    private static String tip(Row row, PixelRuns.Run run) {
        String several = run.intervals() == 1 ? "" : ", mostly, in " + run.intervals() + " stretches";
        return row.name() + ", " + run.state() + several;
    }

    private static String tip(GanttFigure figure, Row row, Interval interval) {
        String label = interval.label().isEmpty() ? "" : " " + interval.label();
        return row.name() + ", " + interval.state() + label + ": " + Numbers.of(interval.start()) + " to "
                + Numbers.of(interval.end()) + " " + figure.timeAxis().unit();
    }
}
