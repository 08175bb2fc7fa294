package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.report.png.PngWriter;

class NameColoursTest {

    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private static Figure stack(String... names) {
        List<BarSeries> series =
                List.of(names).stream().map(name -> BarSeries.of(name, 1)).toList();
        return BarFigure.stacked(TEXT, "Design", List.of("a"), Axis.linear("Share", "%"), series);
    }

    private static Figure gantt(String... states) {
        GanttFigure.Row row = new GanttFigure.Row("job", List.of(new GanttFigure.Interval(0, 1, states[0], "")));
        return new GanttFigure(TEXT, Axis.linear("Time", "s"), "Who", List.of(states), List.of(row));
    }

    /** The largest figure takes the palette in its order; the others follow it by name. */
    @Test
    void aStateKeepsItsColourInAllFiguresOfAReport() {
        NameColours colours =
                NameColours.of(List.of(gantt("repair", "idle"), stack("useful", "idle", "repair", "wait")));
        assertThat(colours.of("useful")).isEqualTo(Tone.fill(0));
        assertThat(colours.of("idle")).isEqualTo(Tone.fill(1));
        assertThat(colours.of("repair")).isEqualTo(Tone.fill(2));
        assertThat(colours.of("wait")).isEqualTo(Tone.fill(3));
    }

    @Test
    void namesOfOneFigureNeverShareAColour() {
        NameColours colours = NameColours.of(List.of(stack("a", "b", "c"), gantt("d", "b"), gantt("d", "a")));
        assertThat(colours.of("d")).isNotIn(colours.of("a"), colours.of("b"));
    }

    /** Of twelve colours and their stripes; curves have eight and three ways to be broken. */
    @Test
    void moreNamesThanColoursAreStriped() {
        String[] names = new String[40];
        for (int i = 0; i < names.length; i++) {
            names[i] = "state " + i;
        }
        BarFigure figure = (BarFigure) stack(names);
        Set<String> looks = new HashSet<>();
        for (String name : names) {
            Sheet sheet = new Sheet(100);
            NameColours.of(figure).fill(name).box(sheet, 0, 0, 30, 30, "");
            looks.add(sheet.finish(TEXT, 30).marks().toString());
        }
        assertThat(looks).hasSize(names.length);
        assertThat(NameColours.of(figure).fill("state 11").isStriped()).isFalse();
        assertThat(NameColours.of(figure).fill("state 12").isStriped()).isTrue();

        List<Series> curves = Stream.of(names)
                .limit(24)
                .map(name -> Series.plain(name, List.of(Point.of(0, 1), Point.of(1, 2))))
                .toList();
        LineFigure lines = LineFigure.of(TEXT, Axis.linear("x", ""), Axis.linear("y", ""), curves);
        assertThat(SeriesStyle.of(curves, NameColours.of(lines)).stream()
                        .map(style -> style.tone() + " " + style.dash())
                        .distinct())
                .hasSize(24);
    }

    /** The thirteenth layer is that of the first colour with stripes, in the PNG too, whose own painter knows none. */
    @Test
    void layersBeyondTheColoursAreStriped() {
        AreaFigure twelve = layers(12);
        AreaFigure thirteen = layers(13);
        assertThat(lines(thirteen) - lines(twelve))
                .as("the edge of the layer and its stripes")
                .isGreaterThan(50);
        assertThat(PngWriter.png(thirteen)).isNotEmpty();
    }

    private static AreaFigure layers(int count) {
        List<Series> layers = IntStream.range(0, count)
                .mapToObj(i -> Series.plain("layer " + i, List.of(Point.of(0, 1), Point.of(1, 2))))
                .toList();
        return new AreaFigure(TEXT, Axis.linear("x", "s"), Axis.linear("y", "%"), layers, List.of());
    }

    private static long lines(Figure figure) {
        return Layouts.of(figure, Layouts.WIDE).marks().stream()
                .filter(Mark.Line.class::isInstance)
                .count();
    }

    @Test
    void moreNamesThanColoursRepeatThem() {
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) {
            names[i] = "state " + i;
        }
        NameColours colours = NameColours.of(List.of(stack(names)));
        assertThat(colours.of("state 29")).isNotNull();
        assertThat(colours.of("state 11")).isEqualTo(Tone.fill(11));
    }

    private static Figure lines(String... names) {
        return LineFigure.of(
                TEXT,
                Axis.linear("Time", "s"),
                Axis.linear("Loss", ""),
                List.of(names).stream()
                        .map(name -> Series.of(name, List.of(Point.of(0, 1), Point.of(1, 2))))
                        .toList());
    }

    /** Also where one of them is missing, and whatever the order. */
    @Test
    void aDesignHasOneColourAsCurveAndAsBar() {
        NameColours colours = NameColours.of(List.of(lines("c", "b"), lines("a", "b", "c"), stack("b", "c")));
        assertThat(colours.place("a")).isZero();
        assertThat(colours.place("b")).isEqualTo(1);
        assertThat(colours.place("c")).isEqualTo(2);
    }

    @Test
    void barsOfDesignsHaveTheColoursOfTheirCurves() {
        BarFigure bars = BarFigure.grouped(
                TEXT, "Design", List.of("b", "a"), Axis.linear("Time", "s"), List.of(BarSeries.of("time", 1, 2)));
        NameColours colours = NameColours.of(List.of(lines("a", "b"), bars));
        assertThat(BarLayout.fill(bars, 0, 0, colours).tone()).isEqualTo(Tone.fill(1));
        assertThat(BarLayout.fill(bars, 0, 1, colours).tone()).isEqualTo(Tone.fill(0));
        NameColours alone = NameColours.of(List.of(bars));
        assertThat(BarLayout.fill(bars, 0, 1, alone).tone()).isEqualTo(Tone.fill(0));
        assertThat(BarLayout.isByCategory(bars, alone)).isFalse();
    }
}
