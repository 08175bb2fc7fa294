package trainyard.report.draw;

import java.util.ArrayList;
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
    private static final double DOT = 5.5;
    /** Lines further up or down at which words are still seen to belong to their dot. */
    private static final int FURTHER_LINES = 2;

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
        FreeSpace free = new FreeSpace();
        annotations.forEach(annotation -> free.block(
                frame.x().clipped(annotation.x()) - DOT, frame.y().clipped(annotation.y()) - DOT, 2 * DOT, 2 * DOT));
        for (int i = 0; i < annotations.size(); i++) {
            Annotation annotation = annotations.get(i);
            dot(sheet, frame, annotation);
            if (annotations.subList(0, i).stream().noneMatch(before -> saysTheSame(frame, before, annotation))) {
                remark(sheet, frame, free, annotation);
            }
        }
    }

    /** Whether two dots that touch each other have the same words. */
    private static boolean saysTheSame(Frame frame, Annotation one, Annotation other) {
        return one.label().equals(other.label())
                && Math.abs(frame.x().clipped(one.x()) - frame.x().clipped(other.x())) < 2 * DOT
                && Math.abs(frame.y().clipped(one.y()) - frame.y().clipped(other.y())) < 2 * DOT;
    }

    private static void dot(Sheet sheet, Frame frame, Annotation annotation) {
        double x = frame.x().clipped(annotation.x());
        double y = frame.y().clipped(annotation.y());
        sheet.dot(x, y, DOT, Tone.TEXT, Shape.CIRCLE, annotation.label());
        sheet.dot(x, y, 3, Tone.PAPER, Shape.CIRCLE, annotation.label());
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

    /** Words go where none are yet, on the asked side of the dot if they can; where all places are taken they stay a tip. */
    private static void remark(Sheet sheet, Frame frame, FreeSpace free, Annotation annotation) {
        double x = frame.x().clipped(annotation.x());
        double y = frame.y().clipped(annotation.y());
        boolean below =
                annotation.side() == Annotation.Side.BELOW || y - 10 < frame.y().end() + LINE_HEIGHT;
        double lower = Math.min(y + 18, frame.y().start() - 6);
        double upper = Math.max(y - 10, frame.y().end() + LINE_HEIGHT);
        List<Double> bases = new ArrayList<>(below ? List.of(lower, upper) : List.of(upper, lower));
        for (int line = 1; line <= FURTHER_LINES; line++) {
            bases.add(lower + line * LINE_HEIGHT);
            bases.add(upper - line * LINE_HEIGHT);
        }
        bases.stream()
                .filter(base ->
                        base <= frame.y().start() - 6 && base >= frame.y().end() + LINE_HEIGHT - 2)
                .filter(base -> isFree(frame, free, x, base, annotation.label()))
                .findFirst()
                .ifPresent(base -> place(sheet, frame, x, base, annotation.label(), Tone.TEXT));
    }

    private static boolean isFree(Frame frame, FreeSpace free, double x, double base, String label) {
        double width = Math.min(room(frame, x), TextWidth.of(label, Type.SMALL));
        double left = isOnRight(frame, x, label) ? x + 5 : x - 7 - width;
        return free.take(left, base - 11, width + 2, LINE_HEIGHT);
    }

    private static boolean isOnRight(Frame frame, double x, String label) {
        double right = frame.x().end() - x - 6;
        return right >= TextWidth.of(label, Type.SMALL)
                || right >= x - frame.x().start() - 6;
    }

    private static double room(Frame frame, double x) {
        return Math.max(x - frame.x().start() - 6, frame.x().end() - x - 6);
    }

    /** Text beside {@code x}, on the side that has more room. */
    private static void place(Sheet sheet, Frame frame, double x, double y, String label, Tone tone) {
        boolean onRight = isOnRight(frame, x, label);
        Anchor anchor = onRight ? Anchor.START : Anchor.END;
        double room = room(frame, x);
        double width = Math.min(room, TextWidth.of(label, Type.SMALL));
        // A light ground keeps the words apart from lines that cross them.
        sheet.box(onRight ? x + 5 : x - 7 - width, y - 11, width + 2, 14, Tone.PAPER, 0.8, "");
        sheet.fitted(onRight ? x + 6 : x - 6, y, label, Type.SMALL, anchor, tone, room);
    }
}
