package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Unjoined points, for example predicted against measured values, or designs by cost and time.
 *
 * @param text the words around the figure
 * @param xAxis horizontal axis
 * @param yAxis vertical axis
 * @param series groups of points
 * @param guide the line that gives the points their meaning
 */
public record ScatterFigure(FigureText text, Axis xAxis, Axis yAxis, List<Group> series, Guide guide)
        implements Figure {

    /**
     * Points of one kind.
     *
     * @param name legend entry
     * @param points the points
     */
    public record Group(String name, List<Mark> points) {

        public Group {
            Require.text(name, "group name");
            points = List.copyOf(points);
        }
    }

    /**
     * One point.
     *
     * @param x position in units of the x axis
     * @param y position in units of the y axis
     * @param label printed beside the point; empty for none
     * @param tip what the point is, shown when the pointer rests on it; empty for the name of its series
     */
    public record Mark(double x, double y, String label, String tip) {

        public Mark {
            Require.finite(x, "x");
            Require.finite(y, "y");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(tip, "tip");
        }

        /** A point whose label says what it is. */
        public Mark(double x, double y, String label) {
            this(x, y, label, label);
        }

        /** A point without label. */
        public static Mark of(double x, double y) {
            return new Mark(x, y, "");
        }
    }

    /** The line that gives the points their meaning. */
    public sealed interface Guide permits NoGuide, Diagonal, ZeroBand, ParetoFront {}

    /** No line. */
    public record NoGuide() implements Guide {}

    /**
     * The line y = x with a tolerance on either side: predicted against measured.
     *
     * @param tolerance relative, in (0, 1); 0.1 draws lines at +10 % and -10 %
     */
    public record Diagonal(double tolerance) implements Guide {

        public Diagonal {
            Require.that(tolerance > 0 && tolerance < 1, "tolerance must lie in (0, 1), but is " + tolerance);
        }
    }

    /**
     * The line y = 0 with a band around it: errors.
     *
     * @param halfWidth in units of the y axis, above 0; 10 draws lines at +10 and -10
     */
    public record ZeroBand(double halfWidth) implements Guide {

        public ZeroBand {
            Require.that(halfWidth > 0, "half width must be above 0, but is " + halfWidth);
        }
    }

    /**
     * Stairs through the points that no other point beats on both axes; what lies beyond them is beaten on both.
     *
     * @param xGoal which x is better
     * @param yGoal which y is better
     */
    public record ParetoFront(Goal xGoal, Goal yGoal) implements Guide {

        public ParetoFront {
            Objects.requireNonNull(xGoal, "xGoal");
            Objects.requireNonNull(yGoal, "yGoal");
        }
    }

    /** Which end of an axis is better. */
    public enum Goal {
        /** Lower is better. */
        MINIMISE,
        /** Higher is better. */
        MAXIMISE
    }

    /** How many points all series have. */
    public int size() {
        return series.stream().mapToInt(group -> group.points().size()).sum();
    }

    public ScatterFigure {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(guide, "guide");
        series = Require.notEmpty(series, "series of '" + text.title() + "'");
        Require.that(
                series.stream().anyMatch(group -> !group.points().isEmpty()),
                "figure '" + text.title() + "' has nothing to draw: each of its series is empty");
        for (Group group : series) {
            for (Mark mark : group.points()) {
                xAxis.check(mark.x(), "x of '" + group.name() + "'");
                yAxis.check(mark.y(), "y of '" + group.name() + "'");
            }
        }
    }
}
