package trainyard.report.figure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A grid of cells: a value per cell coloured by size, or a winner per cell coloured by name. Cells without a result are
 * hatched and carry the reason.
 *
 * @param text the words around the figure
 * @param columnTitle what the columns are, for example "Tensor-parallel degree"
 * @param columns column labels, left to right
 * @param rowTitle what the rows are
 * @param rows row labels, top to bottom
 * @param valueAxis the quantity in the cells
 * @param cells one list per row, one cell per column
 * @param contours values at which lines are drawn between the centres of cells; cells then carry no numbers
 * @param track a line from row to row, for example an optimum
 */
public record HeatMapFigure(
        FigureText text,
        String columnTitle,
        List<String> columns,
        String rowTitle,
        List<String> rows,
        Axis valueAxis,
        List<List<Cell>> cells,
        List<Double> contours,
        Optional<Track> track)
        implements Figure {

    /**
     * A line through the rows.
     *
     * @param name legend entry
     * @param columns where it crosses each row, as an index of a column; a fraction lies between two, empty where it is
     *     outside
     */
    public record Track(String name, List<OptionalDouble> columns) {

        public Track {
            Require.text(name, "track name");
            columns = List.copyOf(columns);
        }
    }

    /** A map of cells alone. */
    public HeatMapFigure(
            FigureText text,
            String columnTitle,
            List<String> columns,
            String rowTitle,
            List<String> rows,
            Axis valueAxis,
            List<List<Cell>> cells) {
        this(text, columnTitle, columns, rowTitle, rows, valueAxis, cells, List.of(), Optional.empty());
    }

    /** The same map with lines at values. */
    public HeatMapFigure withContours(List<Double> values) {
        return new HeatMapFigure(text, columnTitle, columns, rowTitle, rows, valueAxis, cells, values, track);
    }

    /** The same map with a line through its rows. */
    public HeatMapFigure withTrack(Track line) {
        return new HeatMapFigure(
                text, columnTitle, columns, rowTitle, rows, valueAxis, cells, contours, Optional.of(line));
    }

    /** What one cell holds. */
    public sealed interface Cell permits Value, Winner, Tie, Infeasible {}

    /**
     * A value, coloured by size.
     *
     * @param value in the unit of the value axis
     */
    public record Value(double value) implements Cell {

        public Value {
            Require.finite(value, "cell value");
        }
    }

    /**
     * The best of several candidates, coloured by name.
     *
     * @param name who won
     * @param value what the winner reached, in the unit of the value axis
     */
    public record Winner(String name, double value) implements Cell {

        public Winner {
            Require.text(name, "winner");
            Require.finite(value, "value of winner '" + name + "'");
        }
    }

    /**
     * Candidates of which none is seen to be the best, in a quiet colour: they are no candidate more.
     *
     * @param words what the legend calls it
     * @param value what the best of them reached, in the unit of the value axis
     */
    public record Tie(String words, double value) implements Cell {

        public Tie {
            Require.text(words, "words of a tie");
            Require.finite(value, "value of a tie");
        }
    }

    /**
     * No result.
     *
     * @param reason why, in one or two words, for example "OOM"
     * @param kind what the legend calls it
     */
    public record Infeasible(String reason, String kind) implements Cell {

        public Infeasible {
            Require.text(reason, "reason");
            Require.text(kind, "kind");
        }

        /** One that cannot run. */
        public Infeasible(String reason) {
            this(reason, "not feasible");
        }

        /** One that was run and has no value. */
        public static Infeasible without(String reason) {
            return new Infeasible(reason, reason);
        }
    }

    public HeatMapFigure {
        Objects.requireNonNull(text, "text");
        Require.text(columnTitle, "column title");
        Require.text(rowTitle, "row title");
        columns = Require.notEmpty(columns, "columns of '" + text.title() + "'");
        rows = Require.notEmpty(rows, "rows of '" + text.title() + "'");
        cells = cells.stream().<List<Cell>>map(List::copyOf).toList();
        Require.that(cells.size() == rows.size(), cells.size() + " rows of cells for " + rows.size() + " row labels");
        for (List<Cell> row : cells) {
            Require.that(
                    row.size() == columns.size(),
                    "a row has " + row.size() + " cells for " + columns.size() + " column labels");
        }
        contours = List.copyOf(contours);
        contours.forEach(level -> valueAxis.check(level, "contour"));
        int height = rows.size();
        track.ifPresent(line -> Require.that(
                line.columns().size() == height,
                "track '" + line.name() + "' has " + line.columns().size() + " places for " + height + " rows"));
        boolean values = cells.stream().flatMap(List::stream).anyMatch(Value.class::isInstance);
        boolean winners =
                cells.stream().flatMap(List::stream).anyMatch(cell -> cell instanceof Winner || cell instanceof Tie);
        Require.that(!(values && winners), "'" + text.title() + "' mixes values and winners; draw two heat maps");
        checkScale(valueAxis, cells);
    }

    private static void checkScale(Axis valueAxis, List<List<Cell>> cells) {
        for (List<Cell> row : cells) {
            for (Cell cell : row) {
                if (cell instanceof Value value) {
                    valueAxis.check(value.value(), "cell");
                }
            }
        }
    }
}
