package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.report.GalleryOfFigures;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.TitleLines;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.Series;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TopologyFigure;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.WaterfallFigure;

class LayoutsTest {

    private static final String SIXTY = "sixty characters of a label that somebody wrote in good faith";
    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    /** A label's box: the widths are estimates with a margin, so boxes that do not meet leave text apart. */
    private record Box(String text, double left, double top, double right, double bottom) {

        static Box of(Label label) {
            double width = TextWidth.of(label.text(), label.font()) / 1.13;
            double left = switch (label.anchor()) {
                case START -> label.x();
                case MIDDLE -> label.x() - width / 2;
                case END -> label.x() - width;
            };
            double height = label.font().size() * 0.75;
            return new Box(label.text(), left, label.y() - height, left + width, label.y());
        }

        boolean overlaps(Box other) {
            return left < other.right - 0.5
                    && other.left < right - 0.5
                    && top < other.bottom - 0.5
                    && other.top < bottom - 0.5;
        }
    }

    private static void assertReadable(String name, Drawing drawing) {
        List<Box> boxes = new ArrayList<>();
        for (Mark mark : drawing.marks()) {
            if (mark instanceof Label label) {
                boxes.add(Box.of(label));
            }
        }
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            assertThat(box.left()).as("%s: left of '%s'", name, box.text()).isGreaterThan(-3);
            assertThat(box.right()).as("%s: right of '%s'", name, box.text()).isLessThan(drawing.width() + 3);
            assertThat(box.bottom()).as("%s: bottom of '%s'", name, box.text()).isLessThan(drawing.height());
            for (Box other : boxes.subList(i + 1, boxes.size())) {
                assertThat(box.overlaps(other))
                        .as("%s: '%s' lies on '%s'", name, box.text(), other.text())
                        .isFalse();
            }
        }
    }

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

    @Test
    void anEmptySeriesIsNamedInTheKey() {
        Drawing drawing = Layouts.of(
                LineFigure.of(
                        TEXT,
                        Axis.linear("x", ""),
                        Axis.linear("y", ""),
                        List.of(Series.of("sync", List.of(Point.of(0, 1))), Series.of("async", List.of()))),
                Layouts.WIDE);
        assertThat(drawing.marks())
                .anyMatch(mark -> mark instanceof Label label && label.text().equals("async (no data)"));
    }

    @Test
    void aLogarithmicAxisPlacesEqualRatiosAtEqualDistances() {
        PixelScale axis = new PixelScale(Axis.Scale.LOG2, 1, 64, 0, 600);
        assertThat(axis.at(2)).isEqualTo(100, within(1e-9));
        assertThat(axis.at(32)).isEqualTo(500, within(1e-9));
    }

    @Test
    void ticksAreRoundAndNeverMoreThanFit() {
        Ticks ticks = Ticks.of(Axis.linear("y", ""), 3.2, 97, 6);
        assertThat(ticks.labels()).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(Ticks.of(Axis.log10("x", ""), 0.02, 900, 8).labels())
                .containsExactly("0.01", "0.1", "1", "10", "100", "1,000");
        assertThat(Ticks.of(Axis.log2("x", ""), 8, 1024, 8).labels())
                .containsExactly("8", "16", "32", "64", "128", "256", "512", "1,024");
        assertThat(Ticks.of(Axis.linear("y", ""), 0.1, 0.3, 4).labels())
                .containsExactly("0.10", "0.15", "0.20", "0.25", "0.30");
        assertThat(Ticks.of(Axis.linear("y", ""), 0, 3e6, 3).labels()).containsExactly("0", "1 M", "2 M", "3 M");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e4, 1e8, 8).labels())
                .containsExactly("10⁴", "10⁵", "10⁶", "10⁷", "10⁸");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e4, 1e6, 8).labels())
                .containsExactly("10,000", "100,000", "1,000,000");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e6, 1e8, 8).labels()).containsExactly("1 M", "10 M", "100 M");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e-5, 1e-2, 8).labels())
                .containsExactly("10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²");
    }

    @Test
    void bytesOnPowersOfTwoCarryBinaryUnits() {
        Axis axis = Axis.log2("Message size", "B");
        assertThat(Ticks.of(axis, 1024, 1L << 32, 9).labels())
                .containsExactly("1 KiB", "8 KiB", "64 KiB", "512 KiB", "4 MiB", "32 MiB", "256 MiB", "2 GiB");
        assertThat(AxisText.title(axis)).isEqualTo("Message size");
        assertThat(AxisText.title(Axis.log2("GPUs", ""))).isEqualTo("GPUs");
        assertThat(AxisText.title(Axis.linear("Message size", "B"))).isEqualTo("Message size (B)");
    }

    @Test
    void overlaysTakeTheColourOfTheirCurveAndShareOneEntryOfTheKey() {
        List<Point> points = List.of(Point.of(0, 1), Point.of(1, 2));
        List<Series> series = List.of(
                Series.of("fast", points),
                Series.overlay("ideal", points),
                Series.of("slow", points),
                Series.overlay("ideal", points));
        LineFigure figure = LineFigure.of(TEXT, Axis.linear("x", ""), Axis.linear("y", ""), series);
        assertThat(SeriesStyle.of(series, NameColours.of(figure)))
                .extracting(SeriesStyle::tone)
                .containsExactly(Tone.LINE0, Tone.LINE0, Tone.LINE1, Tone.LINE1);
        Drawing drawing = Layouts.of(figure, Layouts.WIDE);
        assertThat(texts(drawing))
                .containsOnlyOnce("fast", "slow", "dashed: ideal")
                .doesNotContain("ideal");
    }

    @Test
    void theKeyOfAMapSaysWhatHatchedCellsAre() {
        HeatMapFigure.Cell diverged = HeatMapFigure.Infeasible.without("diverged");
        assertThat(texts(map(diverged, diverged))).contains("diverged").doesNotContain("not feasible");
        assertThat(texts(map(diverged, new HeatMapFigure.Infeasible("OOM"))))
                .contains("diverged or not feasible", "OOM");
    }

    /** Levels so near to each other that their numbers would lie on one another, and a line through the word of a cell. */
    @Test
    void wordsOfAMapLieOnItsLinesAndNotOnEachOther() {
        Axis axis = Axis.linear("z", "%");
        List<String> names = List.of("a", "b");
        List<HeatMapFigure.Cell> low = List.of(new HeatMapFigure.Value(1), new HeatMapFigure.Value(2));
        List<HeatMapFigure.Cell> high = List.of(new HeatMapFigure.Value(90), new HeatMapFigure.Value(99));
        HeatMapFigure map = new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(low, high));
        Drawing lines = Layouts.of(map.withContours(List.of(40.0, 41.0, 42.0, 43.0)), Layouts.WIDE);
        assertReadable("contours", lines);
        assertThat(texts(lines)).contains("40", "41").doesNotContain("43");

        List<HeatMapFigure.Cell> gone =
                List.of(new HeatMapFigure.Infeasible("OOM"), new HeatMapFigure.Infeasible("OOM"));
        HeatMapFigure.Track track =
                new HeatMapFigure.Track("limit", List.of(OptionalDouble.of(0), OptionalDouble.of(0)));
        HeatMapFigure refused = new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(gone, low));
        List<Mark> marks = Layouts.of(refused.withTrack(track), Layouts.WIDE).marks();
        int lastDot = 0;
        int word = 0;
        for (int i = 0; i < marks.size(); i++) {
            lastDot = marks.get(i) instanceof Mark.Dot ? i : lastDot;
            word = marks.get(i) instanceof Label label && label.text().equals("OOM") ? i : word;
        }
        assertThat(word).isGreaterThan(lastDot);
    }

    /** Nodes 0 to 9 of 150 would have room, and the others seem to have no name. */
    @Test
    void nodesOfALayerAreNamedAllOrNone() {
        assertThat(texts(layer(30))).contains("0", "9", "29");
        assertThat(texts(layer(60))).containsExactly("Link load", "0 %", "25 %", "50 %", "75 %", "100 %", "Node");
    }

    private static Drawing layer(int count) {
        List<TopologyFigure.Node> nodes = IntStream.range(0, count)
                .mapToObj(i -> new TopologyFigure.Node("node-" + i, "" + i, 0, TopologyFigure.State.UP))
                .toList();
        return Layouts.of(new TopologyFigure(TEXT, List.of("Node"), nodes, List.of()), Layouts.WIDE);
    }

    private static Drawing map(HeatMapFigure.Cell first, HeatMapFigure.Cell second) {
        List<String> names = List.of("one", "two");
        Axis axis = Axis.linear("Loss", "");
        List<HeatMapFigure.Cell> row = List.of(first, second);
        return Layouts.of(new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(row, row)), Layouts.WIDE);
    }

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

    /** Else one would look for them in vain. */
    @Test
    void curvesThatLieOnEachOtherAreSeenBelowEachOther() {
        List<Point> points = List.of(Point.of(1, 10), Point.of(2, 20));
        List<Series> series = List.of(
                Series.of("weights", points),
                Series.of("apart", List.of(Point.of(1, 10), Point.of(2, 19))),
                Series.of("and activations", List.of(Point.of(1, 10), Point.of(2, 20.001))));
        LineFigure figure = LineFigure.of(TEXT, Axis.linear("x", ""), Axis.linear("y", ""), series);
        List<SeriesStyle> styles = SeriesStyle.of(series, NameColours.of(figure));
        assertThat(styles).extracting(SeriesStyle::covered).containsExactly(1, 0, 0);
        assertThat(styles.get(0).stroke()).isGreaterThan(styles.get(2).stroke() + 2);
    }

    /** What cannot be told apart is no candidate more, so it has none of their colours. */
    @Test
    void aTieOfAMapIsGrey() {
        HeatMapFigure.Cell tie = new HeatMapFigure.Tie("no difference", 3);
        Drawing drawing = map(new HeatMapFigure.Winner("async", 2), tie);
        assertThat(texts(drawing)).contains("async", "no difference", "3.00");
        assertThat(drawing.marks())
                .filteredOn(mark -> mark instanceof Mark.Box box && box.tip().contains("no difference"))
                .isNotEmpty()
                .allMatch(mark -> ((Mark.Box) mark).fill() == Tone.FILL11);
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

    @Test
    void aTitleThatWouldLeaveThePaperIsBroken() {
        assertThat(TitleLines.of("Step time", Layouts.WIDE).lines()).containsExactly("Step time");
        assertThat(TitleLines.of("Step time", Layouts.WIDE).moreHeight()).isZero();
        TitleLines two = TitleLines.of(SIXTY + " " + SIXTY, Layouts.WIDE);
        assertThat(two.lines()).hasSize(2);
        assertThat(String.join(" ", two.lines())).isEqualTo(SIXTY + " " + SIXTY);
        assertThat(two.moreHeight()).isEqualTo(TitleLines.LINE_HEIGHT);
    }

    private static List<String> texts(Drawing drawing) {
        return drawing.marks().stream()
                .filter(Label.class::isInstance)
                .map(mark -> ((Label) mark).text())
                .toList();
    }
}
