package trainyard.report.draw.sheet;

import java.util.List;
import trainyard.report.draw.sheet.Mark.Spot;

/** Corners of the markers that are not round. */
public final class Outline {

    private Outline() {}

    /** The corners of {@code dot}, scaled so that all shapes look equally large. */
    public static List<Spot> of(Mark.Dot dot) {
        double r = dot.radius();
        double x = dot.x();
        double y = dot.y();
        return switch (dot.shape()) {
            case SQUARE, CIRCLE -> corners(x, y, 0.9 * r);
            case TRIANGLE ->
                List.of(
                        new Spot(x, y - 1.25 * r),
                        new Spot(x + 1.15 * r, y + 0.85 * r),
                        new Spot(x - 1.15 * r, y + 0.85 * r));
            case DIAMOND ->
                List.of(
                        new Spot(x, y - 1.3 * r),
                        new Spot(x + 1.3 * r, y),
                        new Spot(x, y + 1.3 * r),
                        new Spot(x - 1.3 * r, y));
        };
    }

    private static List<Spot> corners(double x, double y, double half) {
        return List.of(
                new Spot(x - half, y - half),
                new Spot(x + half, y - half),
                new Spot(x + half, y + half),
                new Spot(x - half, y + half));
    }
}
