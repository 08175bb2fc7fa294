package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.report.draw.Sheets.TEXT;
import static trainyard.report.draw.Sheets.map;
import static trainyard.report.draw.Sheets.texts;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/** What the key of a figure names, and how its curves and cells are told apart. */
class KeysOfFiguresTest {

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
}
