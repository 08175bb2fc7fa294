package trainyard.report.html;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.TableLayout;
import trainyard.report.figure.Figure;
import trainyard.report.figure.TableFigure;
import trainyard.report.svg.SvgWriter;

/**
 * One figure as the template needs it. Of {@code svg}, {@code table} and {@code elsewhere} one is filled.
 *
 * @param title heading
 * @param svg the chart, wide and narrow, as markup
 * @param table headings and rows, at most one element
 * @param elsewhere file that holds a chart too large for the page
 * @param caption the reading
 * @param source where the data come from
 */
record FigureSection(String title, String svg, List<Table> table, String elsewhere, String caption, String source) {

    /** A chart beyond this many characters lies beside the page; the page stays below 2 MB. */
    static final int LARGEST_CHART = 600_000;

    /** Words of up to this many characters stay on one line; names must not be broken. */
    private static final int LONGEST_NAME = 26;

    record Table(List<Text> headings, List<List<Text>> rows) {}

    /**
     * One cell.
     *
     * @param text what it says
     * @param interval behind a value, where lines may break before it; may be empty
     * @param style name of its style; may be empty
     * @param span columns that it fills, where they are several; else empty
     */
    record Text(String text, String interval, String style, String span) {

        Text(String text, String style) {
            this(text, "", style, "");
        }
    }

    /**
     * @param id distinct within the page
     * @param file where the chart lies as a file of its own
     * @param room characters that are left for charts on this page
     * @param colours those that the figures of the page share
     */
    static FigureSection of(Figure figure, String id, String file, int room, NameColours colours) {
        if (figure instanceof TableFigure table) {
            return section(figure, "", List.of(table(table)), "");
        }
        String wide = SvgWriter.inline(Layouts.of(figure, Layouts.WIDE, colours), id + "w", "wide");
        String narrow = SvgWriter.inline(Layouts.of(figure, Layouts.NARROW, colours), id + "n", "narrow");
        if (wide.length() + narrow.length() > Math.min(room, LARGEST_CHART)) {
            return section(figure, "", List.of(), file);
        }
        return section(figure, wide + "\n" + narrow, List.of(), "");
    }

    private static FigureSection section(Figure figure, String svg, List<Table> table, String elsewhere) {
        return new FigureSection(
                figure.text().title(),
                svg,
                table,
                elsewhere,
                figure.text().caption(),
                figure.text().dataSource());
    }

    private static Table table(TableFigure figure) {
        List<Text> headings = new ArrayList<>();
        for (int column = 0; column < figure.columns().size(); column++) {
            headings.add(new Text(figure.columns().get(column).heading(), style(figure, column)));
        }
        List<List<Text>> rows = new ArrayList<>();
        for (List<TableFigure.Cell> row : figure.rows()) {
            rows.add(row(figure, row));
        }
        return new Table(headings, rows);
    }

    /** The cells of a row; why several beside each other have no value is said once, across all of them. */
    private static List<Text> row(TableFigure figure, List<TableFigure.Cell> row) {
        List<Text> cells = new ArrayList<>();
        int column = 0;
        while (column < row.size()) {
            TableFigure.Cell cell = row.get(column);
            int end = column + 1;
            while (cell instanceof TableFigure.Missing
                    && end < row.size()
                    && row.get(end).equals(cell)) {
                end++;
            }
            String words = TableLayout.words(cell);
            if (cell instanceof TableFigure.Missing) {
                cells.add(new Text(words, "", "wrap", end - column == 1 ? "" : Integer.toString(end - column)));
            } else {
                int interval = cell instanceof TableFigure.Quantity ? words.indexOf(" (") : -1;
                cells.add(
                        interval < 0
                                ? new Text(words, style(figure, column))
                                : new Text(
                                        words.substring(0, interval),
                                        words.substring(interval + 1),
                                        style(figure, column),
                                        ""));
            }
            column = end;
        }
        return cells;
    }

    private static String style(TableFigure figure, int column) {
        if (TableLayout.right(figure, column)) {
            return "number";
        }
        boolean names = figure.rows().stream()
                .allMatch(row -> TableLayout.words(row.get(column)).length() <= LONGEST_NAME);
        return names ? "" : "wrap";
    }
}
