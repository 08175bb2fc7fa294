package trainyard.report.figure;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How full many parties are over time, a row each, coloured by size: the GPUs in use on each node. Unlike the cells of a
 * {@link HeatMapFigure} those of one row touch, and there may be hundreds.
 *
 * @param text the words around the figure
 * @param timeAxis linear time axis
 * @param from where the first column starts, in units of the time axis
 * @param to where the last column ends, after {@code from}
 * @param rowTitle what the rows are, for example "Node"; empty where their names say it
 * @param valueAxis the quantity, linear; its stated bounds are the ends of the colours, else those of the values
 * @param rows top to bottom, all with as many values
 */
public record OccupancyFigure(
        FigureText text, Axis timeAxis, double from, double to, String rowTitle, Axis valueAxis, List<Row> rows)
        implements Figure {

    /**
     * One row.
     *
     * @param name printed at the left where there is room
     * @param values mean of each column, columns of equal length; empty where there is none, as of a node that is down
     */
    public record Row(String name, List<OptionalDouble> values) {

        public Row {
            Require.text(name, "row name");
            values = Require.notEmpty(values, "values of row '" + name + "'");
            for (OptionalDouble value : values) {
                value.ifPresent(number -> Require.finite(number, "value of row '" + name + "'"));
            }
        }
    }

    public OccupancyFigure {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(rowTitle, "row title");
        Require.that(
                Require.finite(from, "start") < Require.finite(to, "end"), "an occupancy map must end after it starts");
        Require.that(
                !timeAxis.scale().logarithmic() && !valueAxis.scale().logarithmic(),
                "axes of '" + text.title() + "' must be linear");
        rows = Require.notEmpty(rows, "rows of '" + text.title() + "'");
        for (Row row : rows) {
            Require.that(
                    row.values().size() == rows.get(0).values().size(),
                    "rows of '" + text.title() + "' must have as many values each; '" + row.name() + "' differs");
        }
    }
}
