package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.report.draw.Sheets.SIXTY;
import static trainyard.report.draw.Sheets.TEXT;
import static trainyard.report.draw.Sheets.assertReadable;
import static trainyard.report.draw.Sheets.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.report.GalleryOfFigures;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.TitleLines;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.Series;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.WaterfallFigure;

/** No label lies on another or leaves the sheet, whatever the figure and however long its words. */
class LayoutsTest {

    @ParameterizedTest
    @ValueSource(doubles = {Layouts.WIDE, Layouts.NARROW})
    void noLabelOfTheGalleryLiesOnAnotherOrLeavesTheSheet(double width) {
        GalleryOfFigures.all().forEach((name, figure) -> assertReadable(name, Layouts.of(figure, width)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Layouts.WIDE, Layouts.NARROW})
    void longLabelsStayApart(double width) {
        longLabelled().forEach((name, figure) -> assertReadable(name, Layouts.of(figure, width)));
    }

    private static Map<String, Figure> longLabelled() {
        List<String> names = List.of(SIXTY + " 1", SIXTY + " 2", SIXTY + " 3");
        Map<String, Figure> figures = new TreeMap<>();
        Axis value = Axis.linear(SIXTY + " y", "s");
        List<BarSeries> bars =
                names.stream().map(name -> BarSeries.of(name, 1, 2, 3)).toList();
        figures.put("bars", BarFigure.grouped(TEXT, SIXTY, names, value, bars));
        figures.put("stack", BarFigure.stacked(TEXT, SIXTY, names, value, bars).withLimit(SIXTY, 5));
        figures.put(
                "line",
                LineFigure.of(
                        TEXT,
                        Axis.linear(SIXTY + " x", "s"),
                        value,
                        names.stream()
                                .map(name -> Series.of(name, List.of(Point.of(0, 1), Point.of(1, 2))))
                                .toList()));
        figures.put(
                "gantt",
                new GanttFigure(
                        TEXT,
                        Axis.linear("Time", "s"),
                        SIXTY,
                        names,
                        names.stream()
                                .map(name ->
                                        new GanttFigure.Row(name, List.of(new GanttFigure.Interval(0, 1, name, SIXTY))))
                                .toList()));
        List<HeatMapFigure.Cell> row =
                List.of(new HeatMapFigure.Value(1), new HeatMapFigure.Infeasible(SIXTY), new HeatMapFigure.Value(3));
        figures.put("heat", new HeatMapFigure(TEXT, SIXTY, names, SIXTY, names, value, List.of(row, row, row)));
        figures.put(
                "waterfall",
                new WaterfallFigure(
                        TEXT,
                        value,
                        names.stream()
                                .map(name -> WaterfallFigure.Step.change(name, 1))
                                .toList()));
        figures.put(
                "tornado",
                new TornadoFigure(
                        TEXT,
                        value,
                        2,
                        names.stream()
                                .map(name -> new TornadoFigure.Swing(name, SIXTY, SIXTY, 1, 3))
                                .toList()));
        return figures;
    }

    @Test
    void onePointAndEqualValuesGetRoomOnBothSides() {
        for (double y : new double[] {0, 5, -3, 1e-12, 1e12}) {
            List<Point> points = List.of(Point.of(7, y), Point.of(7, y));
            Drawing drawing = Layouts.of(
                    LineFigure.of(
                            TEXT,
                            Axis.linear("x", ""),
                            Axis.linear("y", ""),
                            List.of(Series.of("one", points.subList(0, 1)), Series.of("equal", points))),
                    Layouts.WIDE);
            PlotArea area = drawing.plotArea().orElseThrow();
            assertThat(area.x().at(7)).isBetween(area.x().start() + 10, area.x().end() - 10);
            assertThat(area.y().at(y)).isBetween(area.y().end(), area.y().start());
        }
    }

    /** Where marks lie together each has words of its own that lie on no others; where two say the same it is said once. */
    @Test
    void wordsOfMarksThatLieTogetherStayApart() {
        List<Annotation> marks = List.of(
                new Annotation(0.50, 1.50, "equal at 0.500"),
                new Annotation(0.505, 1.50, "equal at 0.500"),
                new Annotation(0.52, 1.51, "equal at 0.520"),
                new Annotation(0.54, 1.52, "equal at 0.540"),
                new Annotation(0.55, 1.53, "equal at 0.550"));
        Axis axis = Axis.linear("x", "s");
        List<Series> lines = List.of(Series.of("a", List.of(Point.of(0, 1), Point.of(1, 2))));
        Drawing drawing = Layouts.of(new LineFigure(TEXT, axis, axis, lines, List.of(), marks), Layouts.WIDE);
        assertReadable("marks", drawing);
        assertThat(texts(drawing).stream().filter(text -> text.startsWith("equal")))
                .containsExactlyInAnyOrder("equal at 0.500", "equal at 0.520", "equal at 0.540", "equal at 0.550");
    }

    /** The best of two metrics lie at the edges of the plot, where half of their names would be outside. */
    @Test
    void namesOfPointsAtTheEdgesStayOnTheSheet() {
        List<ScatterFigure.Mark> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            points.add(new ScatterFigure.Mark(i, i % 2 == 0 ? 5 : 20, i == 0 ? SIXTY : ""));
        }
        ScatterFigure figure = new ScatterFigure(
                TEXT,
                Axis.linear("Time", "s").from(0),
                Axis.linear("Memory", "GiB"),
                List.of(new ScatterFigure.Group("plans", points)),
                new ScatterFigure.ParetoFront(ScatterFigure.Goal.MINIMISE, ScatterFigure.Goal.MINIMISE));
        Drawing drawing = Layouts.of(figure, Layouts.WIDE);
        assertReadable("edges", drawing);
        assertThat(texts(drawing)).contains(SIXTY);
    }

    /** The best of all, close to another, with a stair of the front on two of its sides. */
    @Test
    void aPointOfTheFrontBesideAnotherHasItsName() {
        ScatterFigure figure = new ScatterFigure(
                TEXT,
                Axis.linear("Cost", "USD"),
                Axis.linear("Time", "d"),
                List.of(new ScatterFigure.Group(
                        "designs",
                        List.of(
                                new ScatterFigure.Mark(183_000, 23.2, "A100 rented"),
                                new ScatterFigure.Mark(21_500, 9.65, "H100 owned"),
                                new ScatterFigure.Mark(23_400, 9.37, "H200 owned")))),
                new ScatterFigure.ParetoFront(ScatterFigure.Goal.MINIMISE, ScatterFigure.Goal.MINIMISE));
        assertThat(texts(Layouts.of(figure, Layouts.WIDE))).contains("H100 owned", "H200 owned");
    }

    @Test
    void wordsOfLinesThatLieTogetherStayApart() {
        Axis axis = Axis.linear("y", "s");
        List<Series> lines = List.of(Series.of("a", List.of(Point.of(0, 0), Point.of(1, 100))));
        List<ReferenceLine> limits = List.of(ReferenceLine.atY("target 50 s", 50), ReferenceLine.atY("limit 51 s", 51));
        assertReadable("lines", Layouts.of(new LineFigure(TEXT, axis, axis, lines, limits, List.of()), Layouts.WIDE));
    }

    @Test
    void aTitleThatWouldLeaveThePaperIsBroken() {
        assertThat(TitleLines.of("Step time", Layouts.WIDE).lines()).containsExactly("Step time");
        assertThat(TitleLines.of("Step time", Layouts.WIDE).moreHeight()).isZero();
        TitleLines two = TitleLines.of(SIXTY + " " + SIXTY, Layouts.WIDE);
        assertThat(two.lines()).hasSize(2);
        assertThat(String.join(" ", two.lines())).isEqualTo(SIXTY + " " + SIXTY);
        assertThat(two.moreHeight()).isEqualTo(TitleLines.LINE_HEIGHT);
    }
}
