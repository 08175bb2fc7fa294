package trainyard.report.draw.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.figure.FigureText;

/** Collects the marks of one drawing. */
public final class Sheet {

    private static final double HATCH_STEP = 7;

    private final double width;
    private final List<Mark> marks = new ArrayList<>();
    private Optional<PlotArea> plotArea = Optional.empty();
    private int firstDataMark;

    /**
     * An empty sheet.
     *
     * @param width in pixels
     */
    public Sheet(double width) {
        this.width = width;
    }

    /** Width in pixels. */
    public double width() {
        return width;
    }

    /**
     * The drawing of all marks.
     *
     * @param height in pixels
     */
    public Drawing finish(FigureText text, double height) {
        return new Drawing(text, width, height, marks, plotArea);
    }

    /** From here to {@link #endData} marks show data. */
    public void beginData() {
        firstDataMark = marks.size();
    }

    /** The marks of the data end here; they lie on these axes. */
    public void endData(PixelScale x, PixelScale y) {
        plotArea = Optional.of(new PlotArea(x, y, firstDataMark, marks.size()));
    }

    /** A filled box; {@code x} and {@code y} are its upper left corner. */
    public void box(double x, double y, double boxWidth, double boxHeight, Ink fill, String tip) {
        box(x, y, boxWidth, boxHeight, fill, 1, tip);
    }

    /** The same, through which one sees what is below; opacity in [0, 1]. */
    public void box(double x, double y, double boxWidth, double boxHeight, Ink fill, double opacity, String tip) {
        marks.add(new Mark.Box(x, y, Math.max(0, boxWidth), Math.max(0, boxHeight), fill, opacity, tip));
    }

    /** A straight line. */
    public void line(double x1, double y1, double x2, double y2, Ink ink, double strokeWidth, Dash dash) {
        line(List.of(new Spot(x1, y1), new Spot(x2, y2)), ink, strokeWidth, dash);
    }

    /** A line through points; none where there are fewer than two. */
    public void line(List<Spot> points, Ink ink, double strokeWidth, Dash dash) {
        if (points.size() > 1) {
            marks.add(new Mark.Line(List.copyOf(points), ink, strokeWidth, dash));
        }
    }

    /** A filled polygon; none where there are fewer than three points. */
    public void area(List<Spot> points, Ink fill, double opacity) {
        if (points.size() > 2) {
            marks.add(new Mark.Area(List.copyOf(points), fill, opacity));
        }
    }

    /** A dot of some shape about a point. */
    public void dot(double x, double y, double radius, Ink ink, Shape shape, String tip) {
        marks.add(new Mark.Dot(x, y, radius, ink, shape, tip));
    }

    /** Words at a point. */
    public void text(double x, double y, String text, Type font, Anchor anchor, Ink ink) {
        if (!text.isEmpty()) {
            marks.add(new Mark.Label(x, y, text, font, anchor, ink, ""));
        }
    }

    /** Text that is cut with an ellipsis beyond {@code maxWidth}; the full text then becomes its tip. */
    public void fitted(double x, double y, String text, Type font, Anchor anchor, Ink ink, double maxWidth) {
        String shown = TextWidth.shorten(text, font, maxWidth);
        if (!shown.isEmpty()) {
            marks.add(new Mark.Label(x, y, shown, font, anchor, ink, shown.equals(text) ? "" : text));
        }
    }

    /** Slanted lines across a rectangle, cut at its edges. */
    public void hatch(double x, double y, double boxWidth, double boxHeight, Ink ink) {
        for (double offset = HATCH_STEP; offset < boxWidth + boxHeight; offset += HATCH_STEP) {
            double left = Math.max(0, offset - boxHeight);
            double right = Math.min(boxWidth, offset);
            line(x + left, y + offset - left, x + right, y + offset - right, ink, 1, Dash.SOLID);
        }
    }

    /** The same with lines of the other slant. */
    public void hatchBack(double x, double y, double boxWidth, double boxHeight, Ink ink) {
        double end = x + boxWidth;
        for (double offset = HATCH_STEP; offset < boxWidth + boxHeight; offset += HATCH_STEP) {
            double left = Math.max(0, offset - boxHeight);
            double right = Math.min(boxWidth, offset);
            line(end - left, y + offset - left, end - right, y + offset - right, ink, 1, Dash.SOLID);
        }
    }
}
