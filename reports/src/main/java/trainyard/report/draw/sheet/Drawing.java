package trainyard.report.draw.sheet;

import java.util.List;
import java.util.Optional;
import trainyard.report.figure.FigureText;

/**
 * A figure laid out.
 *
 * @param text the words around the figure
 * @param width pixels
 * @param height pixels
 * @param marks in painter's order
 * @param plotArea where data lie between two axes; empty for kinds without such an area
 */
public record Drawing(FigureText text, double width, double height, List<Mark> marks, Optional<PlotArea> plotArea) {

    public Drawing {
        marks = List.copyOf(marks);
    }
}
