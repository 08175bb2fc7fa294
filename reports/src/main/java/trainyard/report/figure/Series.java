package trainyard.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Named points that belong together. A series may be empty: it then appears in the legend as "(no data)". Several of one name are
 * stretches of one curve, with gaps between them.
 *
 * @param name legend entry
 * @param points in the order in which they are joined
 * @param stroke how the points are joined
 * @param spread how intervals are shown
 */
public record Series(String name, List<Point> points, Stroke stroke, Spread spread) {

    /** Steps of a distribution that a chart can still show. */
    private static final int MOST_STEPS = 2000;

    /** How points are joined. */
    public enum Stroke {
        /** Line with a marker at each point: simulated or measured values. */
        MARKED,
        /** Line without markers: dense data. */
        PLAIN,
        /** Markers without a line: published values. */
        POINTS,
        /** Dashed line without markers: closed forms, ideals, overlays. */
        DASHED
    }

    /** How intervals are shown. */
    public enum Spread {
        /** Not at all. */
        NONE,
        /** As a shaded band. */
        BAND,
        /** As a bar through each point. */
        ERROR_BARS
    }

    public Series {
        Require.text(name, "series name");
        points = List.copyOf(points);
        Objects.requireNonNull(stroke, "stroke");
        Objects.requireNonNull(spread, "spread");
    }

    /** The same curve of other points, such as a stretch of it. */
    public Series with(List<Point> others) {
        return new Series(name, others, stroke, spread);
    }

    /** Marked points with a band where they have intervals. */
    public static Series of(String name, List<Point> points) {
        return new Series(name, points, Stroke.MARKED, Spread.BAND);
    }

    /** A dense line without markers. */
    public static Series plain(String name, List<Point> points) {
        return new Series(name, points, Stroke.PLAIN, Spread.BAND);
    }

    /** A dashed overlay, for example a closed form. */
    public static Series overlay(String name, List<Point> points) {
        return new Series(name, points, Stroke.DASHED, Spread.NONE);
    }

    /** Unjoined points, for example published values. */
    public static Series points(String name, List<Point> points) {
        return new Series(name, points, Stroke.POINTS, Spread.ERROR_BARS);
    }

    /** Marked points with error bars. */
    public static Series withErrorBars(String name, List<Point> points) {
        return new Series(name, points, Stroke.MARKED, Spread.ERROR_BARS);
    }

    /**
     * The empirical distribution function of {@code samples} in steps: after the i-th smallest of n samples the height is
     * i/n. Of many samples only every so many steps are drawn, and the last; the heights of those are exact. Meant for
     * {@link StepFigure}.
     */
    public static Series cdf(String name, double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        List<Point> points = new ArrayList<>(sorted.length + 1);
        if (sorted.length > 0) {
            points.add(Point.of(sorted[0], 0));
        }
        int stride = Math.max(1, sorted.length / MOST_STEPS);
        int next = 0;
        for (int i = 0; i < sorted.length; i++) {
            boolean last = i + 1 == sorted.length;
            boolean lastOfTie = last || sorted[i + 1] > sorted[i];
            if (lastOfTie && (i >= next || last)) {
                points.add(Point.of(sorted[i], (i + 1.0) / sorted.length));
                next = i + stride;
            }
        }
        return plain(name, points);
    }

    static void checkAll(String title, List<Series> series, Axis xAxis, Axis yAxis) {
        Require.notEmpty(series, "series of '" + title + "'");
        Require.that(
                series.stream().anyMatch(s -> !s.points().isEmpty()),
                "figure '" + title + "' has nothing to draw: each of its series is empty");
        for (Series one : series) {
            for (Point point : one.points()) {
                xAxis.check(point.x(), "x of series '" + one.name() + "'");
                yAxis.check(point.y().value(), "y of series '" + one.name() + "'");
            }
        }
    }
}
