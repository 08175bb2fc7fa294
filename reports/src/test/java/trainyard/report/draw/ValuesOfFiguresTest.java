package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.report.draw.Sheets.SIXTY;
import static trainyard.report.draw.Sheets.TEXT;
import static trainyard.report.draw.Sheets.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.WaterfallFigure;

/** Which values and names stand beside bars, steps and cells, and what of them is cut. */
class ValuesOfFiguresTest {

    @Test
    void valuesOfAWaterfallShareDecimalsAndThoseThatReadZeroTakeNoRow() {
        WaterfallFigure figure = new WaterfallFigure(
                TEXT,
                Axis.linear("Time", "s"),
                List.of(
                        WaterfallFigure.Step.change("compute", 9.25),
                        WaterfallFigure.Step.change("rounding", 0.0004),
                        WaterfallFigure.Step.change("optimizer", 0.75),
                        WaterfallFigure.Step.total("step", 10.0004)));
        assertThat(texts(Layouts.of(figure, Layouts.WIDE)))
                .contains("+9.25", "+0.75", "10.00", "optimizer")
                .doesNotContain("rounding");
    }

    /** A few values above bars of which the others have none would say that the others are nothing. */
    @Test
    void allBarsCarryTheirValueOrNoneDoes() {
        List<String> names = IntStream.range(0, 16).mapToObj(Integer::toString).toList();
        List<BarSeries> series = List.of(bars("simulated", 50.2, 0), bars("law", 48, 0.123));
        BarFigure narrow = BarFigure.grouped(TEXT, "Staleness", names, Axis.linear("Share", "%"), series);
        assertThat(texts(Layouts.of(narrow, Layouts.WIDE))).doesNotContain("50.2", "48", "0.123");

        BarFigure wide = BarFigure.grouped(
                TEXT,
                "Staleness",
                names.subList(0, 2),
                Axis.linear("Share", "%"),
                List.of(BarSeries.of("simulated", 50.2, 0.3), BarSeries.of("law", 49.8, 0.123)));
        assertThat(texts(Layouts.of(wide, Layouts.WIDE))).contains("50.2", "49.8", "0.3", "0.123");
    }

    private static BarSeries bars(String name, double first, double others) {
        return BarSeries.of(
                name,
                IntStream.range(0, 16)
                        .mapToDouble(place -> place == 0 ? first : others)
                        .toArray());
    }

    @Test
    void theValueOfALyingBarStandsBehindTheLimit() {
        List<String> names = List.of(SIXTY + " 1", SIXTY + " 2");
        BarFigure figure = BarFigure.stacked(
                        TEXT, "Design", names, Axis.linear("Memory", "GiB"), List.of(BarSeries.of("weights", 78, 20)))
                .withLimit("GPU memory", 80);
        Drawing drawing = Layouts.of(figure, Layouts.WIDE);
        double line = drawing.marks().stream()
                .filter(mark -> mark instanceof Mark.Line one && one.dash() == Mark.Dash.DASHED)
                .mapToDouble(mark -> ((Mark.Line) mark).points().get(0).x())
                .max()
                .orElseThrow();
        Label value = drawing.marks().stream()
                .filter(mark -> mark instanceof Label label && label.text().equals("78"))
                .map(Label.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(value.x()).isGreaterThan(line);
    }

    /** Names that begin alike differ at their ends, and there axes have their units. */
    @Test
    void whatIsCutKeepsItsEnd() {
        List<String> names = List.of(SIXTY + " 1", SIXTY + " 2");
        BarFigure figure = BarFigure.grouped(
                TEXT,
                "Design",
                names,
                Axis.linear(SIXTY, "TFLOP/s"),
                names.stream().map(name -> BarSeries.of(name, 1, 2)).toList());
        List<String> texts = texts(Layouts.of(figure, Layouts.NARROW));
        assertThat(texts).anyMatch(text -> text.contains("…") && text.endsWith("faith 1"));
        assertThat(texts).anyMatch(text -> text.contains("…") && text.endsWith("faith 2"));
        assertThat(texts).anyMatch(text -> text.contains("…") && text.endsWith("(TFLOP/s)"));
    }

    /** There is room for it left of the axis. */
    @Test
    void theTitleOfAnAxisBesideLongNamesIsNotCut() {
        BarFigure figure = BarFigure.grouped(
                TEXT,
                "Design",
                List.of(SIXTY),
                Axis.linear("Time of a step, mean over the GPUs", "s"),
                List.of(BarSeries.of("time", 1)));
        assertThat(texts(Layouts.of(figure, Layouts.NARROW))).contains("Time of a step, mean over the GPUs (s)");
    }

    /** A cut number would be wrong. */
    @Test
    void intervalsThatHaveNoRoomStandBelowTheirValues() {
        List<TableFigure.Column> columns = new ArrayList<>(List.of(new TableFigure.Column("Design", "")));
        List<TableFigure.Cell> row = new ArrayList<>(List.of(new TableFigure.Words("srtf")));
        for (int column = 0; column < 8; column++) {
            columns.add(new TableFigure.Column("Metric " + column, "h"));
            row.add(new TableFigure.Quantity(new Estimate(12708, 11458, 13958), 4));
        }
        List<String> texts = texts(Layouts.of(new TableFigure(TEXT, columns, List.of(row)), Layouts.WIDE));
        assertThat(texts).contains("12,708", "(11,458 to 13,958)").noneMatch(text -> text.contains("…"));
    }

    @Test
    void aTableSaysWhichRowsHaveNoValueForWhichReason() {
        TableFigure.Cell oom = new TableFigure.Missing("memory, stage 0 needs 90 GiB");
        TableFigure.Cell plan = new TableFigure.Missing("plan, 3 does not divide 8");
        TableFigure figure = new TableFigure(
                TEXT,
                List.of(new TableFigure.Column("Design", ""), new TableFigure.Column("Step time", "s")),
                List.of(
                        List.of(new TableFigure.Words("large"), oom),
                        List.of(new TableFigure.Words("odd"), plan),
                        List.of(new TableFigure.Words("larger"), oom)));
        assertThat(texts(Layouts.of(figure, Layouts.WIDE)))
                .contains("– large; larger: memory, stage 0 needs 90 GiB", "– odd: plan, 3 does not divide 8");
    }
}
