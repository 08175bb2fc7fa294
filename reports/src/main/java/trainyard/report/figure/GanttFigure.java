package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Intervals on rows, coloured by state: a pipeline schedule, a failure and its recovery, jobs on nodes.
 *
 * @param text the words around the figure
 * @param timeAxis linear time axis
 * @param rowTitle what the rows are, for example "Pipeline stage"; empty where their names say it
 * @param states the states in the order of the legend; colours follow this order
 * @param rows top to bottom
 */
public record GanttFigure(FigureText text, Axis timeAxis, String rowTitle, List<String> states, List<Row> rows)
        implements Figure {

    /**
     * One row.
     *
     * @param name printed at the left
     * @param intervals any order; they may overlap, later ones are drawn on top
     */
    public record Row(String name, List<Interval> intervals) {

        public Row {
            Require.text(name, "row name");
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * One coloured stretch of time.
     *
     * @param start in units of the time axis
     * @param end in units of the time axis, at least {@code start}
     * @param state one of the figure's states
     * @param label printed inside where it fits; empty for none
     * @param band which part of the row's height it takes
     */
    public record Interval(double start, double end, String state, String label, Band band) {

        /** An interval as tall as its row. */
        public Interval(double start, double end, String state, String label) {
            this(start, end, state, label, Band.WHOLE);
        }

        public Interval {
            Require.finite(start, "start");
            Require.finite(end, "end");
            Require.that(start <= end, "interval must not end before its start: " + start + " to " + end);
            Require.text(state, "state");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(band, "band");
        }
    }

    /**
     * Part of a row's height: what a job holds of a node.
     *
     * @param low its upper edge as a share of the height, 0 at the top
     * @param high its lower edge, above {@code low}, 1 at the bottom
     */
    public record Band(double low, double high) {

        /** The whole row. */
        public static final Band WHOLE = new Band(0, 1);

        public Band {
            Require.that(0 <= low && low < high && high <= 1, "band " + low + " to " + high + " must lie in [0, 1]");
        }
    }

    public GanttFigure {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(rowTitle, "row title");
        Require.that(!timeAxis.scale().logarithmic(), "time axis of '" + text.title() + "' must be linear");
        states = Require.notEmpty(states, "states of '" + text.title() + "'");
        rows = Require.notEmpty(rows, "rows of '" + text.title() + "'");
        Require.that(
                rows.stream().anyMatch(row -> !row.intervals().isEmpty()),
                "figure '" + text.title() + "' has nothing to draw: none of its rows has an interval");
        for (Row row : rows) {
            for (Interval interval : row.intervals()) {
                Require.that(
                        states.contains(interval.state()),
                        "row '" + row.name() + "' uses state '" + interval.state() + "', which is not among " + states);
            }
        }
    }
}
