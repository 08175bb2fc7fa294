package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Axis;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;
import trainyard.report.format.Numbers;

/** Lays out line and step figures. */
record CurveLayout(
        List<Series> series,
        Axis xAxis,
        Axis yAxis,
        List<ReferenceLine> lines,
        List<Annotation> annotations,
        boolean steps) {

    private static final double BAND_OPACITY = 0.16;
    private static final double STROKE = 2.2;
    private static final double MARKER = 3.6;

    /** A curve covers what lies on it, taken in pieces of this many pixels. */
    private static final double PIECE = 5;

    static Drawing of(LineFigure figure, double width, NameColours colours) {
        CurveLayout layout = new CurveLayout(
                figure.series(), figure.xAxis(), figure.yAxis(), figure.referenceLines(), figure.annotations(), false);
        return layout.draw(figure.text(), width, colours);
    }

    static Drawing of(StepFigure figure, double width, NameColours colours) {
        CurveLayout layout = new CurveLayout(
                figure.series(), figure.xAxis(), figure.yAxis(), figure.referenceLines(), figure.annotations(), true);
        return layout.draw(figure.text(), width, colours);
    }

    private Drawing draw(FigureText text, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        Frame frame = Frame.draw(
                sheet,
                SeriesStyle.legend(series, colours),
                xAxis,
                Extent.ofX(series, lines),
                yAxis,
                Extent.ofY(series, lines, yAxis),
                lines);
        sheet.beginData();
        curves(sheet, frame, SeriesStyle.of(series, colours));
        sheet.endData(frame.x(), frame.y());
        Overlay.draw(sheet, frame, lines, annotations, covered(frame));
        return sheet.finish(text, frame.bottom());
    }

    private void curves(Sheet sheet, Frame frame, List<SeriesStyle> styles) {
        for (int i = 0; i < series.size(); i++) {
            spread(sheet, frame, series.get(i), styles.get(i).tone());
        }
        for (int i = 0; i < series.size(); i++) {
            SeriesStyle style = styles.get(i);
            if (series.get(i).stroke() != Series.Stroke.POINTS) {
                sheet.line(path(frame, series.get(i), steps), style.tone(), style.stroke(), style.dash());
            }
            if (style.marked()) {
                markers(sheet, frame, series.get(i), style, xAxis, yAxis);
            }
        }
    }

    /** Where curves run, so that words can keep off them. */
    private FreeSpace covered(Frame frame) {
        FreeSpace covered = new FreeSpace();
        for (Series one : series) {
            List<Spot> path = path(frame, one, steps);
            for (int i = 0; i < path.size(); i++) {
                Spot from = path.get(Math.max(0, i - 1));
                Spot to = path.get(i);
                double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
                int pieces = 1 + (int) (length / PIECE);
                for (int piece = 1; piece <= pieces && one.stroke() != Series.Stroke.POINTS; piece++) {
                    double share = (double) piece / pieces;
                    covered.block(
                            from.x() + share * (to.x() - from.x()) - STROKE / 2,
                            from.y() + share * (to.y() - from.y()) - STROKE / 2,
                            STROKE,
                            STROKE);
                }
                if (one.stroke() != Series.Stroke.PLAIN) {
                    covered.block(to.x() - MARKER, to.y() - MARKER, 2 * MARKER, 2 * MARKER);
                }
            }
        }
        return covered;
    }

    private static List<Spot> path(Frame frame, Series series, boolean steps) {
        List<Spot> spots = new ArrayList<>();
        for (Point point : series.points()) {
            Spot spot = spot(frame, point.x(), point.y().value());
            if (steps && !spots.isEmpty()) {
                spots.add(new Spot(spot.x(), spots.get(spots.size() - 1).y()));
            }
            spots.add(spot);
        }
        return spots;
    }

    private static void spread(Sheet sheet, Frame frame, Series series, Tone tone) {
        boolean exact = series.points().stream().allMatch(point -> point.y().isExact());
        if (exact || series.spread() == Series.Spread.NONE) {
            return;
        }
        if (series.spread() == Series.Spread.BAND) {
            band(sheet, frame, series, tone);
        } else {
            series.points().forEach(point -> errorBar(sheet, frame, point, tone));
        }
    }

    private static void band(Sheet sheet, Frame frame, Series series, Tone tone) {
        List<Spot> outline = new ArrayList<>();
        for (Point point : series.points()) {
            outline.add(spot(frame, point.x(), point.y().high()));
        }
        for (int i = series.points().size() - 1; i >= 0; i--) {
            Point point = series.points().get(i);
            outline.add(spot(frame, point.x(), point.y().low()));
        }
        sheet.area(outline, tone, BAND_OPACITY);
    }

    private static void errorBar(Sheet sheet, Frame frame, Point point, Tone tone) {
        double x = frame.x().clipped(point.x());
        double low = frame.y().clipped(point.y().low());
        double high = frame.y().clipped(point.y().high());
        sheet.line(x, low, x, high, tone, 1.4, Dash.SOLID);
        sheet.line(x - 4, low, x + 4, low, tone, 1.4, Dash.SOLID);
        sheet.line(x - 4, high, x + 4, high, tone, 1.4, Dash.SOLID);
    }

    private static void markers(Sheet sheet, Frame frame, Series series, SeriesStyle style, Axis xAxis, Axis yAxis) {
        for (Point point : series.points()) {
            Spot spot = spot(frame, point.x(), point.y().value());
            String tip = series.name() + ": " + AxisText.title(xAxis) + " " + AxisText.value(xAxis, point.x()) + ", "
                    + AxisText.title(yAxis) + " " + Numbers.withInterval(point.y());
            sheet.dot(spot.x(), spot.y(), style.marker(), style.tone(), style.shape(), tip);
        }
    }

    private static Spot spot(Frame frame, double x, double y) {
        return new Spot(frame.x().clipped(x), frame.y().clipped(y));
    }
}
