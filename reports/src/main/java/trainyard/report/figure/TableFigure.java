package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * A table of words and numbers.
 *
 * @param text the words around the table
 * @param columns left to right
 * @param rows one cell per column each
 */
public record TableFigure(FigureText text, List<Column> columns, List<List<Cell>> rows) implements Figure {

    /**
     * One column.
     *
     * @param title heading
     * @param unit unit of its numbers; empty for words and pure numbers
     */
    public record Column(String title, String unit) {

        public Column {
            Require.text(title, "column title");
            Objects.requireNonNull(unit, "unit");
        }

        /** Heading and unit as printed. */
        public String heading() {
            return unit.isBlank() || title.equals(unit) ? title : title + " (" + unit + ")";
        }
    }

    /** What one cell holds. */
    public sealed interface Cell permits Words, Quantity, Missing {}

    /**
     * Words, printed as they are, at the left.
     *
     * @param text the words, possibly empty
     */
    public record Words(String text) implements Cell {

        public Words {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A number in the unit of its column, printed at the right, with its interval where it has one.
     *
     * @param estimate value and interval
     * @param significantDigits digits shown, 1 to 15
     */
    public record Quantity(Estimate estimate, int significantDigits) implements Cell {

        /** Digits shown where the caller does not choose. */
        private static final int DEFAULT_DIGITS = 4;

        public Quantity {
            Objects.requireNonNull(estimate, "estimate");
            Require.that(
                    significantDigits >= 1 && significantDigits <= 15,
                    "significant digits must lie in 1 to 15, but are " + significantDigits);
        }

        /** An exact number with four significant digits. */
        public static Quantity of(double value) {
            return new Quantity(Estimate.exact(value), DEFAULT_DIGITS);
        }
    }

    /**
     * No value.
     *
     * @param reason why, for example "out of memory"
     */
    public record Missing(String reason) implements Cell {

        public Missing {
            Require.text(reason, "reason");
        }
    }

    public TableFigure {
        Objects.requireNonNull(text, "text");
        columns = Require.notEmpty(columns, "columns of '" + text.title() + "'");
        rows = rows.stream().<List<Cell>>map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            Require.that(
                    row.size() == columns.size(),
                    "a row of '" + text.title() + "' has " + row.size() + " cells for " + columns.size() + " columns");
        }
    }
}
