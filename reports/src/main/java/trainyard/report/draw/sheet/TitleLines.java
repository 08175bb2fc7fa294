package trainyard.report.draw.sheet;

import java.util.List;

/**
 * The title of a chart that is a file of its own, broken where it would leave the paper.
 *
 * @param lines at least one
 */
public record TitleLines(List<String> lines) {

    /** From the base of one line to that of the next, in pixels. */
    public static final double LINE_HEIGHT = 21;

    private static final int MOST_LINES = 3;

    public TitleLines {
        lines = List.copyOf(lines);
    }

    /**
     * @param width of the chart in pixels
     */
    public static TitleLines of(String title, double width) {
        return new TitleLines(TextWidth.wrap(title, Mark.Type.TITLE, width, MOST_LINES));
    }

    /** What the lines behind the first take, in pixels. */
    public double moreHeight() {
        return LINE_HEIGHT * (lines.size() - 1);
    }
}
