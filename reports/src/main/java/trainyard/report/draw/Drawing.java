package trainyard.report.draw;

import java.util.List;
import trainyard.report.figure.FigureText;

/**
 * A figure laid out.
 *
 * @param text the words around the figure
 * @param width pixels
 * @param height pixels
 * @param marks in painter's order
 */
public record Drawing(FigureText text, double width, double height, List<Mark> marks) {

    public Drawing {
        marks = List.copyOf(marks);
    }
}
