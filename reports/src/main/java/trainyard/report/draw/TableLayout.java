package trainyard.report.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TableFigure.Cell;
import trainyard.report.figure.TableFigure.Missing;
import trainyard.report.figure.TableFigure.Quantity;
import trainyard.report.figure.TableFigure.Words;
import trainyard.report.format.Numbers;

/** Lays out tables for slides; the page shows tables as HTML. */
public final class TableLayout {

    private static final double ROW = 26;
    private static final double GAP = 18;
    private static final double LINE = 15;
    private static final int MOST_LINES = 3;

    /** Rows that a reason names; of more the number is said. */
    private static final int MOST_NAMED = 3;

    /** A table of many columns is drawn wider than the page, up to this many pixels, before words are cut. */
    private static final double WIDEST = 1_400;

    /** Beyond this intervals go below their values: a slide shows a wider table in smaller letters. */
    private static final double WIDEST_WITH_INTERVALS = 1_000;

    /** Share of the room of words that they give up before the table becomes wider still: they stand in several lines then. */
    private static final double MOST_CUT = 0.5;

    private final TableFigure figure;
    private final Sheet sheet;
    private final double[] widths;

    /** Room behind the decimal point of each column of numbers; 0 where they stand at the right as a whole. */
    private final double[] fractions;

    /** Whether intervals stand below their values. */
    private final boolean stacked;

    private TableLayout(TableFigure figure, double width) {
        this.figure = figure;
        double[] wanted = new double[figure.columns().size()];
        Arrays.setAll(wanted, column -> Math.max(oneLine(column), cells(column, false)));
        if (whole(wanted) > width) {
            Arrays.setAll(wanted, column -> severalLines(column, cells(column, false)));
        }
        stacked = whole(wanted) > WIDEST_WITH_INTERVALS;
        if (stacked) {
            Arrays.setAll(wanted, column -> severalLines(column, cells(column, true)));
        }
        double least = whole(wanted) - MOST_CUT * words(wanted);
        sheet = new Sheet(Math.max(width, Math.max(least, Math.min(whole(wanted), WIDEST))));
        double excess = whole(wanted) - sheet.width();
        widths = excess > 0 ? shrunk(wanted, excess) : wanted;
        fractions = new double[widths.length];
        Arrays.setAll(fractions, column -> isAligned(column) ? widest(column, TableLayout::fraction) : 0);
    }

    static Drawing of(TableFigure figure, double width) {
        return new TableLayout(figure, width).draw();
    }

    private Drawing draw() {
        List<List<String>> headings = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            headings.add(wrapped(figure.columns().get(column).heading(), Type.STRONG, column));
        }
        double base = row(headings, Type.STRONG, 18);
        sheet.line(0, base + 8, sheet.width(), base + 8, Tone.AXIS, 1.2, Dash.SOLID);
        for (List<Cell> row : figure.rows()) {
            List<List<String>> cells = new ArrayList<>();
            for (int column = 0; column < widths.length; column++) {
                cells.add(wrapped(drawn(row.get(column)), Type.NORMAL, column));
            }
            base = row(cells, Type.NORMAL, base + ROW);
            sheet.line(0, base + 8, sheet.width(), base + 8, Tone.GRID, 1, Dash.SOLID);
        }
        for (String reason : reasons()) {
            base += 5;
            for (String line : TextWidth.wrap(reason, Type.SMALL, sheet.width(), MOST_LINES)) {
                base += LINE;
                sheet.fitted(0, base, line, Type.SMALL, Anchor.START, Tone.MUTED, sheet.width());
            }
        }
        return sheet.finish(figure.text(), base + 14);
    }

    /** Draws the lines of each cell from a base line on and returns the base line of the last. */
    private double row(List<List<String>> cells, Type type, double base) {
        int lines = cells.stream().mapToInt(List::size).max().orElse(1);
        double x = 0;
        for (int column = 0; column < widths.length; column++) {
            List<String> words = cells.get(column);
            double y = base + (type == Type.STRONG ? (lines - words.size()) * LINE : 0);
            for (String line : words) {
                boolean right = right(figure, column);
                if (type == Type.NORMAL && fractions[column] > 0) {
                    number(line, x + widths[column] - fractions[column], y);
                } else {
                    Anchor anchor = right ? Anchor.END : Anchor.START;
                    sheet.fitted(right ? x + widths[column] : x, y, line, type, anchor, Tone.TEXT, widths[column]);
                }
                y += LINE;
            }
            x += widths[column] + GAP;
        }
        return base + (lines - 1) * LINE;
    }

    /** A number with its decimal point at a place, so that those below each other can be compared, whatever the face. */
    private void number(String number, double point, double y) {
        String fraction = fraction(number);
        String whole = number.substring(0, number.length() - fraction.length());
        sheet.text(point, y, whole, Type.NORMAL, Anchor.END, Tone.TEXT);
        sheet.text(point, y, fraction, Type.NORMAL, Anchor.START, Tone.TEXT);
    }

    /** What a number has from its decimal point on. */
    private static String fraction(String number) {
        int point = number.indexOf('.');
        return point < 0 ? "" : number.substring(point);
    }

    private static String whole(String number) {
        return number.substring(0, number.length() - fraction(number).length());
    }

    /** Whether the numbers of a column stand below each other by their decimal points: those without intervals. */
    private boolean isAligned(int column) {
        return right(figure, column)
                && figure.rows().stream()
                        .map(row -> row.get(column))
                        .noneMatch(cell ->
                                cell instanceof Quantity number && drawn(number).contains("("));
    }

    private double widest(int column, UnaryOperator<String> part) {
        return figure.rows().stream()
                .map(row -> part.apply(drawn(row.get(column))))
                .mapToDouble(text -> TextWidth.of(text, Type.NORMAL))
                .max()
                .orElse(0);
    }

    /** Words in as many lines as they need; a number is never broken, at most before its interval. */
    private List<String> wrapped(String words, Type type, int column) {
        boolean whole = type != Type.STRONG && right(figure, column);
        return whole ? lines(words, stacked) : TextWidth.wrap(words, type, widths[column], MOST_LINES);
    }

    private static List<String> lines(String number, boolean stacked) {
        int interval = number.indexOf(" (");
        return stacked && interval > 0
                ? List.of(number.substring(0, interval), number.substring(interval + 1))
                : List.of(number);
    }

    /** What a cell shows, in full. */
    public static String words(Cell cell) {
        return cell instanceof Missing missing ? "– " + missing.reason() : drawn(cell);
    }

    /** What is drawn in a cell; why a value is missing is said below the table. */
    private static String drawn(Cell cell) {
        if (cell instanceof Quantity quantity) {
            return quantity.estimate().isExact()
                    ? Numbers.of(quantity.estimate().value(), quantity.significantDigits())
                    : Numbers.withInterval(quantity.estimate());
        }
        return cell instanceof Words words ? words.text() : "–";
    }

    /** Why values are missing, each reason with the rows that have none of them for it. */
    private List<String> reasons() {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        for (List<Cell> row : figure.rows()) {
            for (Cell cell : row) {
                if (cell instanceof Missing missing) {
                    rows.computeIfAbsent(missing.reason(), reason -> new LinkedHashSet<>())
                            .add(drawn(row.get(0)));
                }
            }
        }
        return rows.entrySet().stream()
                .map(entry -> "– " + named(entry.getValue()) + ": " + entry.getKey())
                .toList();
    }

    private static String named(Set<String> rows) {
        String first = rows.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
        return rows.size() <= MOST_NAMED ? first : first + "; and " + (rows.size() - MOST_NAMED) + " more";
    }

    /** True for columns of numbers, which stand at the right, also where none of them is known. */
    public static boolean right(TableFigure figure, int column) {
        boolean measured = !figure.columns().get(column).unit().isBlank();
        return figure.rows().stream().map(row -> row.get(column)).anyMatch(Quantity.class::isInstance)
                || measured
                        && figure.rows().stream().map(row -> row.get(column)).noneMatch(Words.class::isInstance);
    }

    private double oneLine(int column) {
        return TextWidth.of(figure.columns().get(column).heading(), Type.STRONG) + 1;
    }

    /** Room for a heading in several lines and for the cells below it. */
    private double severalLines(int column, double cells) {
        String heading = figure.columns().get(column).heading();
        double room = cells;
        while (!TextWidth.fits(heading, Type.STRONG, room, MOST_LINES)) {
            room += 2;
        }
        return room;
    }

    private double cells(int column, boolean stacked) {
        boolean number = right(figure, column);
        if (isAligned(column)) {
            return widest(column, TableLayout::whole) + widest(column, TableLayout::fraction) + 1;
        }
        return figure.rows().stream()
                .map(row -> drawn(row.get(column)))
                .flatMap(words -> lines(words, stacked && number).stream())
                .mapToDouble(line -> TextWidth.of(line, Type.NORMAL) + 1)
                .max()
                .orElse(0);
    }

    private static double whole(double[] widths) {
        return Arrays.stream(widths).sum() + GAP * (widths.length - 1);
    }

    /** Room that columns of words want. */
    private double words(double[] wanted) {
        double words = 0;
        for (int column = 0; column < wanted.length; column++) {
            words += right(figure, column) ? 0 : wanted[column];
        }
        return words;
    }

    /** A cut number would be wrong, so columns of words give way alike; where that is not enough all do. */
    private double[] shrunk(double[] wanted, double excess) {
        double sum = Arrays.stream(wanted).sum();
        double words = words(wanted);
        boolean enough = words * MOST_CUT >= excess - 1e-6;
        double[] narrow = wanted.clone();
        for (int column = 0; column < narrow.length; column++) {
            if (!enough) {
                narrow[column] *= 1 - excess / sum;
            } else if (!right(figure, column)) {
                narrow[column] *= 1 - excess / words;
            }
        }
        return narrow;
    }
}
