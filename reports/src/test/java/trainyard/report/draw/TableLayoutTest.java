package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.report.draw.Sheets.TEXT;
import static trainyard.report.draw.Sheets.assertReadable;
import static trainyard.report.draw.Sheets.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.TableFigure;

/** Where numbers, intervals and names stand in a table on a slide. */
class TableLayoutTest {

    /** 9.5, 104.9 and 15 stand with their points below each other: 9 and 104 end where .5 and .9 begin, and so does 15. */
    @Test
    void numbersOfAColumnStandByTheirDecimalPoints() {
        Drawing drawing =
                Layouts.of(table(List.of("a", "b", "c"), new double[] {9.5, 104.9, 15}, "Step time"), Layouts.WIDE);
        assertThat(places(drawing, "9", "104", "15", ".5", ".9")).hasSize(1);
    }

    /** Nobody knows the cost, which is a number all the same: its dash stands below the unit. */
    @Test
    void aColumnOfNumbersThatAreNotKnownStandsAtTheRight() {
        TableFigure figure = new TableFigure(
                TEXT,
                List.of(new TableFigure.Column("Design", ""), new TableFigure.Column("Cost", "USD")),
                List.of(List.of(new TableFigure.Words("a"), new TableFigure.Missing("needs a price"))));
        Drawing drawing = Layouts.of(figure, Layouts.WIDE);
        assertThat(places(drawing, "Cost (USD)", "–")).hasSize(1);
    }

    /** Ten intervals of eight digits beside their values would need 2,000 pixels, and letters of half the size. */
    @Test
    void intervalsOfAWideTableStandBelowTheirValues() {
        List<TableFigure.Column> columns = new ArrayList<>(List.of(new TableFigure.Column("Design", "")));
        List<TableFigure.Cell> row = new ArrayList<>(List.of(new TableFigure.Words("a")));
        for (int i = 0; i < 7; i++) {
            columns.add(new TableFigure.Column("Cost " + i, "USD"));
            row.add(new TableFigure.Quantity(new Estimate(3_402_027, 3_393_939, 3_410_114), 4));
        }
        Drawing drawing = Layouts.of(new TableFigure(TEXT, columns, List.of(row)), Layouts.WIDE);
        assertThat(texts(drawing)).contains("3,402,027", "(3,393,939 to 3,410,114)");
        assertThat(drawing.width()).isLessThan(1_300);
    }

    /** Whatever the numbers need, the names of designs are read whole: in several lines, or the table is wider. */
    @Test
    void aTableOfManyColumnsKeepsTheNamesOfItsRows() {
        List<TableFigure.Column> columns = new ArrayList<>(List.of(new TableFigure.Column("Design", "")));
        List<TableFigure.Cell> row = new ArrayList<>(List.of(new TableFigure.Words("looks every thirty minutes")));
        for (int i = 0; i < 14; i++) {
            columns.add(new TableFigure.Column("Mean completion time of class " + i, "h"));
            row.add(new TableFigure.Quantity(new Estimate(0.002253, 0.002103, 0.002403), 4));
        }
        Drawing drawing = Layouts.of(new TableFigure(TEXT, columns, List.of(row)), Layouts.WIDE);
        assertThat(String.join(" ", texts(drawing))).doesNotContain("…").contains("looks every");
        assertReadable("table", drawing);
    }

    private static TableFigure table(List<String> names, double[] values, String heading) {
        List<List<TableFigure.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(List.of(new TableFigure.Words(names.get(i)), TableFigure.Quantity.of(values[i])));
        }
        return new TableFigure(
                TEXT, List.of(new TableFigure.Column("Design", ""), new TableFigure.Column(heading, "s")), rows);
    }

    private static Set<Double> places(Drawing drawing, String... words) {
        return drawing.marks().stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .filter(label -> List.of(words).contains(label.text()))
                .map(Label::x)
                .collect(Collectors.toSet());
    }
}
