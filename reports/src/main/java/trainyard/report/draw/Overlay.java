package trainyard.report.draw;

import java.util.List;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.ReferenceLine;

/** Reference lines and remarks on top of the data. */
final class Overlay {

    private static final double LINE_HEIGHT = 14;

    private Overlay() {}

    static void draw(Sheet sheet, Frame frame, List<ReferenceLine> lines, List<Annotation> annotations) {
        int verticals = 0;
        for (ReferenceLine line : lines) {
            if (line.direction() == ReferenceLine.Direction.HORIZONTAL) {
                horizontal(sheet, frame, line);
            } else {
                vertical(sheet, frame, line, verticals++);
            }
        }
        annotations.forEach(annotation -> remark(sheet, frame, annotation));
    }

    private static void horizontal(Sheet sheet, Frame frame, ReferenceLine line) {
        double y = frame.y().clipped(line.value());
        sheet.line(frame.x().start(), y, frame.x().end(), y, Tone.ALARM, 1.4, Dash.DASHED);
        double room = frame.x().end() - frame.x().start() - 8;
        boolean above = y - LINE_HEIGHT > frame.y().end();
        sheet.fitted(
                frame.x().end() - 4, above ? y - 5 : y + 13, line.label(), Type.SMALL, Anchor.END, Tone.ALARM, room);
    }

    /** Height above a plot for the labels of its vertical lines. */
    static double headRoom(List<ReferenceLine> lines) {
        return LINE_HEIGHT
                * lines.stream()
                        .filter(line -> line.direction() == ReferenceLine.Direction.VERTICAL)
                        .count();
    }

    /** Labels of vertical lines sit one above the other over the plot. */
    private static void vertical(Sheet sheet, Frame frame, ReferenceLine line, int index) {
        double x = frame.x().clipped(line.value());
        double label = frame.y().end() - 4 - index * LINE_HEIGHT;
        sheet.line(x, frame.y().start(), x, label - 8, Tone.ALARM, 1.4, Dash.DASHED);
        place(sheet, frame, x, label, line.label(), Tone.ALARM);
    }

    private static void remark(Sheet sheet, Frame frame, Annotation annotation) {
        double x = frame.x().clipped(annotation.x());
        double y = frame.y().clipped(annotation.y());
        sheet.dot(x, y, 5.5, Tone.TEXT, Shape.CIRCLE, annotation.label());
        sheet.dot(x, y, 3, Tone.PAPER, Shape.CIRCLE, annotation.label());
        boolean below =
                annotation.side() == Annotation.Side.BELOW || y - 10 < frame.y().end() + LINE_HEIGHT;
        double base = below ? Math.min(y + 18, frame.y().start() - 6) : y - 10;
        place(sheet, frame, x, base, annotation.label(), Tone.TEXT);
    }

    /** Text beside {@code x}, on the side that has more room. */
    private static void place(Sheet sheet, Frame frame, double x, double y, String label, Tone tone) {
        double right = frame.x().end() - x - 6;
        double left = x - frame.x().start() - 6;
        boolean onRight = right >= TextWidth.of(label, Type.SMALL) || right >= left;
        Anchor anchor = onRight ? Anchor.START : Anchor.END;
        double room = Math.max(left, right);
        double width = Math.min(room, TextWidth.of(label, Type.SMALL));
        // A light ground keeps the words apart from lines that cross them.
        sheet.box(onRight ? x + 5 : x - 7 - width, y - 11, width + 2, 14, Tone.PAPER, 0.8, "");
        sheet.fitted(onRight ? x + 6 : x - 6, y, label, Type.SMALL, anchor, tone, room);
    }
}
