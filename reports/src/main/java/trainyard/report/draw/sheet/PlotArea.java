package trainyard.report.draw.sheet;

import java.util.Objects;

/**
 * The part of a drawing that shows the data between the axes. It lets a chart library draw the data inside our frame.
 *
 * @param x maps values to pixels from the left; the categories of bars lie at 0 to n, each one wide
 * @param y maps values to pixels from the top
 * @param firstMark index of the first mark that shows data
 * @param endMark index after the last mark that shows data
 */
public record PlotArea(PixelScale x, PixelScale y, int firstMark, int endMark) {

    public PlotArea {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        if (firstMark < 0 || endMark < firstMark) {
            throw new IllegalArgumentException("data marks " + firstMark + " to " + endMark);
        }
    }
}
