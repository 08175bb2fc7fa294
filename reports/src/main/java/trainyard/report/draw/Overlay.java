package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Spot;
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

    /**
     * @param curves where curves run; words lie on them only where there is no other place
     */
    static void draw(
            Sheet sheet, Frame frame, List<ReferenceLine> lines, List<Annotation> annotations, FreeSpace curves) {
        int verticals = 0;
        FreeSpace free = new FreeSpace();
        for (ReferenceLine line : lines) {
            if (line.direction() == ReferenceLine.Direction.HORIZONTAL) {
                horizontal(sheet, frame, free, curves, line);
            } else {
                vertical(sheet, frame, line, verticals++);
            }
        }
        annotations.forEach(annotation -> free.block(
                frame.x().clipped(annotation.x()) - DOT, frame.y().clipped(annotation.y()) - DOT, 2 * DOT, 2 * DOT));
        for (int i = 0; i < annotations.size(); i++) {
            Annotation annotation = annotations.get(i);
            dot(sheet, frame, annotation);
            if (annotations.subList(0, i).stream().noneMatch(before -> saysTheSame(frame, before, annotation))) {
                remark(sheet, frame, free, curves, annotation);
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

    /** The label of a line across lies above or below it, at its right or left end: at the first of them that is on no other words and on no curve. */
    private static void horizontal(Sheet sheet, Frame frame, FreeSpace free, FreeSpace curves, ReferenceLine line) {
        double y = frame.y().clipped(line.value());
        sheet.line(frame.x().start(), y, frame.x().end(), y, Tone.ALARM, 1.4, Dash.DASHED);
        double room = frame.x().end() - frame.x().start() - 8;
        double width = Math.min(room, TextWidth.of(line.label(), Type.SMALL));
        List<Spot> ends = new ArrayList<>();
        for (double left : new double[] {frame.x().end() - 4 - width, frame.x().start() + 4}) {
            if (y - LINE_HEIGHT > frame.y().end()) {
                ends.add(new Spot(left, y - 5));
            }
            if (y + LINE_HEIGHT < frame.y().start()) {
                ends.add(new Spot(left, y + 13));
            }
        }
        List<Spot> apart = ends.stream()
                .filter(end -> free.isFree(end.x(), end.y() - 10, width, 12))
                .toList();
        Spot place = apart.stream()
                .filter(end -> curves.isFree(end.x(), end.y() - 10, width, 12))
                .findFirst()
                .or(() -> apart.stream().findFirst())
                .orElse(ends.get(0));
        free.block(place.x(), place.y() - 10, width, 12);
        ground(sheet, place.x() - 1, place.y() - 11, width + 2);
        boolean atEnd = place.x() == ends.get(0).x();
        Anchor anchor = atEnd ? Anchor.END : Anchor.START;
        sheet.fitted(
                atEnd ? frame.x().end() - 4 : place.x(), place.y(), line.label(), Type.SMALL, anchor, Tone.ALARM, room);
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
    private static void remark(Sheet sheet, Frame frame, FreeSpace free, FreeSpace curves, Annotation annotation) {
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
        List<Double> inside = bases.stream()
                .filter(base ->
                        base <= frame.y().start() - 6 && base >= frame.y().end() + LINE_HEIGHT - 2)
                .filter(base -> isFree(frame, free, x, base, annotation.label()))
                .toList();
        inside.stream()
                .filter(base -> isFree(frame, curves, x, base, annotation.label()))
                .findFirst()
                .or(() -> inside.stream().findFirst())
                .ifPresent(base -> {
                    free.block(
                            left(frame, x, annotation.label()),
                            base - 11,
                            width(frame, x, annotation.label()),
                            LINE_HEIGHT);
                    place(sheet, frame, x, base, annotation.label(), Tone.TEXT);
                });
    }

    private static boolean isFree(Frame frame, FreeSpace space, double x, double base, String label) {
        return space.isFree(left(frame, x, label), base - 11, width(frame, x, label), LINE_HEIGHT);
    }

    private static double width(Frame frame, double x, String label) {
        return Math.min(room(frame, x), TextWidth.of(label, Type.SMALL)) + 2;
    }

    private static double left(Frame frame, double x, String label) {
        return isOnRight(frame, x, label) ? x + 5 : x - 5 - width(frame, x, label);
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
        ground(sheet, left(frame, x, label), y - 11, width(frame, x, label));
        sheet.fitted(onRight ? x + 6 : x - 6, y, label, Type.SMALL, anchor, tone, room);
    }

    /** A light ground keeps words apart from lines that cross them. */
    private static void ground(Sheet sheet, double left, double top, double width) {
        sheet.box(left, top, width, LINE_HEIGHT, Tone.PAPER, 0.8, "");
    }
}
