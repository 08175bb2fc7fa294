package trainyard.report.draw;

import java.util.Arrays;
import java.util.List;
import trainyard.report.draw.Mark.Anchor;
import trainyard.report.draw.Mark.Dash;
import trainyard.report.draw.Mark.Type;
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

    /** A table of many columns is drawn wider than the page, up to this many pixels, before words are cut. */
    private static final double WIDEST = 1_400;

    private static final double MOST_CUT = 0.8;

    private TableLayout() {}

    static Drawing of(TableFigure figure, double width) {
        double[] wanted = wanted(figure);
        double whole = Arrays.stream(wanted).sum() + GAP * (wanted.length - 1);
        Sheet sheet = new Sheet(Math.max(width, Math.min(whole, WIDEST)));
        double[] widths = whole > sheet.width() ? shrunk(figure, wanted, whole - sheet.width()) : wanted;
        double base = 18;
        double x = 0;
        for (int column = 0; column < widths.length; column++) {
            text(sheet, figure.columns().get(column).heading(), x, base, widths[column], right(figure, column), true);
            x += widths[column] + GAP;
        }
        sheet.line(0, base + 8, sheet.width(), base + 8, Tone.AXIS, 1.2, Dash.SOLID);
        for (List<Cell> row : figure.rows()) {
            base += ROW;
            x = 0;
            for (int column = 0; column < widths.length; column++) {
                text(sheet, words(row.get(column)), x, base, widths[column], right(figure, column), false);
                x += widths[column] + GAP;
            }
            sheet.line(0, base + 8, sheet.width(), base + 8, Tone.GRID, 1, Dash.SOLID);
        }
        return sheet.finish(figure.text(), base + 14);
    }

    /** What a cell shows. */
    public static String words(Cell cell) {
        if (cell instanceof Quantity quantity) {
            return quantity.estimate().isExact()
                    ? Numbers.of(quantity.estimate().value(), quantity.significantDigits())
                    : Numbers.withInterval(quantity.estimate());
        }
        return cell instanceof Missing missing ? "– " + missing.reason() : ((Words) cell).text();
    }

    /** True for columns of numbers, which stand at the right. */
    public static boolean right(TableFigure figure, int column) {
        return figure.rows().stream().anyMatch(row -> row.get(column) instanceof Quantity);
    }

    private static void text(
            Sheet sheet, String words, double x, double base, double width, boolean right, boolean heading) {
        Type type = heading ? Type.STRONG : Type.NORMAL;
        sheet.fitted(right ? x + width : x, base, words, type, right ? Anchor.END : Anchor.START, Tone.TEXT, width);
    }

    /** Each column wants what its longest text needs. */
    private static double[] wanted(TableFigure figure) {
        double[] widths = new double[figure.columns().size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = TextWidth.of(figure.columns().get(column).heading(), Type.STRONG) + 1;
            for (List<Cell> row : figure.rows()) {
                widths[column] = Math.max(widths[column], TextWidth.of(words(row.get(column)), Type.NORMAL) + 1);
            }
        }
        return widths;
    }

    /** A cut number would be wrong, so columns of words give way alike; where that is not enough all do. */
    private static double[] shrunk(TableFigure figure, double[] wanted, double excess) {
        double sum = Arrays.stream(wanted).sum();
        double words = 0;
        for (int column = 0; column < wanted.length; column++) {
            words += right(figure, column) ? 0 : wanted[column];
        }
        boolean enough = words * MOST_CUT > excess;
        double[] widths = wanted.clone();
        for (int column = 0; column < widths.length; column++) {
            if (!enough) {
                widths[column] *= 1 - excess / sum;
            } else if (!right(figure, column)) {
                widths[column] *= 1 - excess / words;
            }
        }
        return widths;
    }
}
