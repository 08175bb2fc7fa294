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
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.ParetoFronts;
import trainyard.report.figure.Point;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.ScatterFigure.Diagonal;
import trainyard.report.figure.ScatterFigure.Goal;
import trainyard.report.figure.ScatterFigure.Group;
import trainyard.report.figure.ScatterFigure.ParetoFront;
import trainyard.report.figure.ScatterFigure.ZeroBand;
import trainyard.report.format.Numbers;

/** Lays out scatter figures with their guide line. */
public final class ScatterLayout {

    private static final double TALL = 1.5;
    private static final int MANY_POINTS = 300;
    private static final double LABEL_HEIGHT = 12;

    private ScatterLayout() {}

    /** Radius of the points in pixels; where there are many, smaller ones hide less of each other. */
    public static double radius(ScatterFigure figure) {
        return figure.size() > MANY_POINTS ? 3 : 4.5;
    }

    static Drawing of(ScatterFigure figure, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        Extents extents = Extents.of(figure);
        // Two axes of one range read best where a step up is as long as one to the right.
        double height = Frame.plotHeight(width) * (figure.guide() instanceof Diagonal ? TALL : 1);
        Frame frame = Frame.draw(
                sheet,
                legend(figure, colours),
                figure.xAxis(),
                extents.x(),
                figure.yAxis(),
                extents.y(),
                false,
                height);
        sheet.beginData();
        guide(sheet, frame, figure);
        points(sheet, frame, figure, colours);
        sheet.endData(frame.x(), frame.y());
        labels(sheet, frame, figure);
        return sheet.finish(figure.text(), frame.bottom());
    }

    static Legend legend(ScatterFigure figure, NameColours colours) {
        Legend legend = new Legend();
        for (int i = 0; i < figure.series().size(); i++) {
            Group group = figure.series().get(i);
            String name = group.points().isEmpty() ? group.name() + " (no data)" : group.name();
            int place = colours.place(group.name());
            legend.addDot(name, Tone.line(place), Shape.of(place));
        }
        if (figure.guide() instanceof Diagonal diagonal) {
            legend.addLine("equal", Tone.AXIS, Dash.SOLID, Shape.CIRCLE, false);
            String tolerance = "±" + Numbers.of(diagonal.tolerance() * 100) + " %";
            legend.addLine(tolerance, Tone.AXIS, Dash.DASHED, Shape.CIRCLE, false);
        } else if (figure.guide() instanceof ZeroBand band) {
            String tolerance =
                    "±" + Numbers.of(band.halfWidth()) + " " + figure.yAxis().unit();
            legend.addLine(tolerance.strip(), Tone.AXIS, Dash.DASHED, Shape.CIRCLE, false);
        } else if (figure.guide() instanceof ParetoFront) {
            legend.addLine("Pareto front", Tone.AXIS, Dash.DASHED, Shape.CIRCLE, false);
        }
        return legend;
    }

    private static void guide(Sheet sheet, Frame frame, ScatterFigure figure) {
        if (figure.guide() instanceof Diagonal diagonal) {
            ray(sheet, frame, 1, Dash.SOLID);
            ray(sheet, frame, 1 + diagonal.tolerance(), Dash.DASHED);
            ray(sheet, frame, 1 - diagonal.tolerance(), Dash.DASHED);
        } else if (figure.guide() instanceof ZeroBand band) {
            level(sheet, frame, 0, Dash.SOLID);
            level(sheet, frame, band.halfWidth(), Dash.DASHED);
            level(sheet, frame, -band.halfWidth(), Dash.DASHED);
        } else if (figure.guide() instanceof ParetoFront front) {
            List<Spot> spots = new ArrayList<>();
            for (Point point : front(figure, front, frame.x(), frame.y())) {
                spots.add(new Spot(
                        frame.x().clipped(point.x()),
                        frame.y().clipped(point.y().value())));
            }
            sheet.line(spots, Tone.AXIS, 1.6, Dash.DASHED);
        }
    }

    /** The stairs of the front, up to the edges of the plot. */
    public static List<Point> front(ScatterFigure figure, ParetoFront front, PixelScale x, PixelScale y) {
        double worstX = front.xGoal() == Goal.MINIMISE ? x.high() : x.low();
        double worstY = front.yGoal() == Goal.MINIMISE ? y.high() : y.low();
        return ParetoFronts.stairs(figure.series(), front, worstX, worstY);
    }

    /** The line y = slope times x, cut where it leaves the chart. */
    private static void ray(Sheet sheet, Frame frame, double slope, Dash dash) {
        double low = Math.max(frame.x().low(), frame.y().low() / slope);
        double high = Math.min(frame.x().high(), frame.y().high() / slope);
        if (low < high) {
            sheet.line(
                    frame.x().at(low),
                    frame.y().at(slope * low),
                    frame.x().at(high),
                    frame.y().at(slope * high),
                    Tone.AXIS,
                    1.2,
                    dash);
        }
    }

    private static void level(Sheet sheet, Frame frame, double value, Dash dash) {
        double y = frame.y().at(value);
        sheet.line(frame.x().start(), y, frame.x().end(), y, Tone.AXIS, 1.2, dash);
    }

    private static void points(Sheet sheet, Frame frame, ScatterFigure figure, NameColours colours) {
        for (Group group : figure.series()) {
            int place = colours.place(group.name());
            for (ScatterFigure.Mark mark : group.points()) {
                String name = mark.tip().isEmpty() ? group.name() : mark.tip();
                String tip = name + ": " + Numbers.of(mark.x()) + ", " + Numbers.of(mark.y());
                double x = frame.x().clipped(mark.x());
                sheet.dot(x, frame.y().clipped(mark.y()), radius(figure), Tone.line(place), Shape.of(place), tip);
            }
        }
    }

    private static void labels(Sheet sheet, Frame frame, ScatterFigure figure) {
        FreeSpace free = new FreeSpace();
        double radius = radius(figure);
        for (Group group : figure.series()) {
            for (ScatterFigure.Mark mark : group.points()) {
                free.block(frame.x().clipped(mark.x()) - radius, frame.y().clipped(mark.y()) - radius, 2 * radius, 9);
            }
        }
        if (figure.guide() instanceof ParetoFront front) {
            List<Point> stairs = front(figure, front, frame.x(), frame.y());
            for (int i = 1; i < stairs.size(); i++) {
                blockBetween(free, frame, stairs.get(i - 1), stairs.get(i));
            }
        }
        for (Group group : figure.series()) {
            for (ScatterFigure.Mark mark : group.points()) {
                label(
                        sheet,
                        frame,
                        free,
                        mark.label(),
                        frame.x().clipped(mark.x()),
                        frame.y().clipped(mark.y()));
            }
        }
    }

    /** A stair lies or stands. */
    private static void blockBetween(FreeSpace free, Frame frame, Point from, Point to) {
        double x = frame.x().clipped(from.x());
        double y = frame.y().clipped(from.y().value());
        double right = frame.x().clipped(to.x());
        double down = frame.y().clipped(to.y().value());
        free.block(
                Math.min(x, right),
                Math.min(y, down),
                Math.max(1, Math.abs(right - x)),
                Math.max(1, Math.abs(down - y)));
    }

    /** Labels go right, left, above or below the point, or to a corner; where all eight are taken the label stays a tip. */
    private static void label(Sheet sheet, Frame frame, FreeSpace free, String label, double x, double y) {
        double width = TextWidth.of(label, Type.SMALL);
        if (label.isEmpty() || width > sheet.width() - frame.x().start()) {
            return;
        }
        // Above and below it may be moved aside, so that neither end leaves the drawing.
        double middle = Math.min(Math.max(x - width / 2, frame.x().start()), sheet.width() - width) + width / 2;
        List<Place> places = List.of(
                new Place(x + 8, y + 4, Anchor.START),
                new Place(x - 8, y + 4, Anchor.END),
                new Place(middle, y - 9, Anchor.MIDDLE),
                new Place(middle, y + 17, Anchor.MIDDLE),
                new Place(x + 6, y - 7, Anchor.START),
                new Place(x - 6, y - 7, Anchor.END),
                new Place(x + 6, y + 15, Anchor.START),
                new Place(x - 6, y + 15, Anchor.END));
        for (Place place : places) {
            double left = place.left(width);
            boolean inside = left >= frame.x().start()
                    && left + width <= sheet.width()
                    && place.base() - LABEL_HEIGHT >= frame.y().end() - 8
                    && place.base() + 2 <= frame.y().start();
            if (inside && free.take(left - 1, place.base() - 9, width, LABEL_HEIGHT)) {
                sheet.text(place.x(), place.base(), label, Type.SMALL, place.anchor(), Tone.TEXT);
                return;
            }
        }
    }

    /** Where a label may stand. */
    private record Place(double x, double base, Anchor anchor) {

        double left(double width) {
            return switch (anchor) {
                case START -> x;
                case MIDDLE -> x - width / 2;
                case END -> x - width;
            };
        }
    }
}
